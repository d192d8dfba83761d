import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import asc from 'assemblyscript/asc'

/** Compiles AssemblyScript to WebAssembly on a memory that it is given; `flags` besides. */
export async function compileAssembly(entry, flags) {
  let binary = null
  const words = `--importMemory --runtime stub --noAssert --use abort= --converge ${flags}`.split(' ')
  const { error, stderr } = await asc.main([entry, '--outFile', 'kernels.wasm', ...words], {
    readFile: (name, base) => (existsSync(join(base, name)) ? readFileSync(join(base, name), 'utf8') : null),
    writeFile: (_name, content) => {
      binary = Buffer.from(content)
    },
  })
  if (error) throw new Error(`the kernels do not compile: ${stderr}`)
  return binary
}
