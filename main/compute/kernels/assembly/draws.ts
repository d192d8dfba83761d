// Random numbers whose state is in memory: PCG (O'Neill 2014), 32 bits at a time.

export function seedDraws(state: usize, seed: u32, stream: u32): void {
  store<u64>(state, ((<u64>seed) << 32) | <u64>stream)
  draw(state)
  draw(state)
}

export function draw(state: usize): u32 {
  const before = load<u64>(state)
  store<u64>(state, before * 6364136223846793005 + 1442695040888963407)
  const shifted = <u32>(((before >> 18) ^ before) >> 27)
  return rotr<u32>(shifted, <u32>(before >> 59))
}
