export function sigmoid(value: f32): f32 {
  return 1 / (1 + exponential(-value))
}

/** ln(1 + e^value). */
export function softplus(value: f32): f32 {
  // With y = 1 + e^-|value|, ln y = 2 artanh((y - 1) / (y + 1)).
  const power = exponential(-abs(value))
  const ratio = power / (2 + power)
  const square = ratio * ratio
  let series: f32 = 1.0 / 9
  series = series * square + <f32>(1.0 / 7)
  series = series * square + <f32>(1.0 / 5)
  series = series * square + <f32>(1.0 / 3)
  series = series * square + 1
  return max<f32>(value, 0) + 2 * ratio * series
}

/** e^value to single precision: a power of two times the series of e^fraction for a small fraction. */
function exponential(value: f32): f32 {
  const exponent = min<f32>(max<f32>(value, -87), 87) * <f32>1.4426950408889634
  const whole = nearest<f32>(exponent)
  const fraction = (exponent - whole) * <f32>0.6931471805599453
  let series: f32 = 1.0 / 720
  series = series * fraction + <f32>(1.0 / 120)
  series = series * fraction + <f32>(1.0 / 24)
  series = series * fraction + <f32>(1.0 / 6)
  series = series * fraction + <f32>0.5
  series = series * fraction + 1
  series = series * fraction + 1
  return series * reinterpret<f32>((<i32>whole + 127) << 23)
}
