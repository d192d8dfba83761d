// A job process gone wrong: it takes memory without end and answers nothing.
const held = []
process.on('message', () => {
  for (;;) held.push(Buffer.alloc(2 ** 24, 1))
})
