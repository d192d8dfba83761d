import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { extractAll, listPackage, statFile } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import type { Configuration } from 'app-builder-lib'
import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config'
import { DebugLogger } from 'builder-util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeTinyEncoder } from '../data/features/testing/encoder'

// The configuration of `npm run package`, as far as it shows without Electron's binary: against electron-builder's own
// schema, and by what electron-builder makes of the build around a stand-in for the binary.

const root = resolve(import.meta.dirname, '../..')
const configFile = join(root, 'electron-builder.yml')
const folder = mkdtempSync(join(tmpdir(), 'topn-package-'))
const unpacked = join(folder, 'made', 'linux-unpacked')
const archive = join(unpacked, 'resources', 'app.asar')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
/** Paths in the archive, with forward slashes and without the leading one. */
let files: string[]

beforeAll(() => {
  if (!existsSync(join(root, 'out', 'main', 'desktop.js'))) throw new Error('Build first: npm run build')
  makeStandInElectron(join(folder, 'electron'))
  const words = ['--linux', 'dir', '--publish', 'never', '--config', configFile]
  const changes = [`-c.electronDist=${join(folder, 'electron')}`, `-c.directories.output=${join(folder, 'made')}`]
  const env = { ...process.env, NO_UPDATE_NOTIFIER: '1' }
  const builder = join(root, 'node_modules', 'electron-builder', 'cli.js')
  execFileSync(process.execPath, [builder, ...words, ...changes], { cwd: root, env, stdio: 'pipe' })
  files = listPackage(archive, { isPack: false }).map((path) => path.replaceAll('\\', '/').slice(1))
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The binary of a distribution as electron-builder meets it: the fuses behind their mark, as Electron ships them. */
function makeStandInElectron(path: string) {
  const mark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
  const shipped = '101100011'
  mkdirSync(join(path, 'resources'), { recursive: true })
  const binary = Buffer.concat([Buffer.alloc(64), Buffer.from(mark), Buffer.from([1, shipped.length])])
  writeFileSync(join(path, 'electron'), Buffer.concat([binary, Buffer.from(shipped), Buffer.alloc(64)]))
  chmodSync(join(path, 'electron'), 0o755)
}

describe('the configuration', () => {
  const read = (): Promise<Configuration> => getConfig(root, configFile, null)
  const check = (config: Configuration) => validateConfiguration(config, new DebugLogger(false))

  test("holds against electron-builder's own schema", async () => {
    await check(await read())
    await expect(check({ ...(await read()), electronFuse: {} } as Configuration)).rejects.toThrow(/unknown property/)
  })

  test('makes AppImage, deb, dmg and nsis, and publishes nothing', async () => {
    const { linux, mac, win, publish } = await read()
    expect([linux?.target, mac?.target, win?.target]).toEqual([['AppImage', 'deb'], 'dmg', 'nsis'])
    expect(publish).toBeNull()
  })

  test('names files that exist, and an icon that is large enough for every system', async () => {
    const { files, directories } = await read()
    const [{ filter }] = files as [{ filter: string[] }]
    const wanted = filter.filter((pattern) => !pattern.startsWith('!')).map((pattern) => pattern.replace('/**', ''))
    expect(wanted).toEqual(['package.json', 'out/main', 'out/preload', 'out/renderer'])
    for (const path of wanted) expect(existsSync(join(root, path)), path).toBe(true)
    const icon = readFileSync(join(root, directories!.buildResources!, 'icon.png'))
    expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([1024, 1024])
  })
})

test('the fuses are set as the security checklist says', async () => {
  const wire = await getCurrentFuseWire(join(unpacked, 'topn'))
  const isOn = (fuse: FuseV1Options) => String.fromCharCode(wire[fuse] as number) === '1'
  expect({
    runAsNode: isOn(FuseV1Options.RunAsNode),
    cookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
    nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    nodeInspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
    asarIntegrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
    fileProtocol: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
  }).toEqual({
    runAsNode: false,
    cookieEncryption: true,
    nodeOptions: false,
    nodeInspect: false,
    asarIntegrity: true,
    onlyAsar: true,
    fileProtocol: false,
  })
})

describe('the archive', () => {
  const foldersBelow = (path: string) =>
    [...new Set(files.filter((file) => file.startsWith(path)).map((file) => file.slice(path.length).split('/')[0]))]
      .filter(Boolean)
      .sort()

  /** Packages by their full names. */
  function packages(): string[] {
    const names = foldersBelow('node_modules/')
    const scoped = names.filter((name) => name.startsWith('@'))
    return [
      ...names.filter((name) => !name.startsWith('@')),
      ...scoped.flatMap((scope) => foldersBelow(`node_modules/${scope}/`).map((name) => `${scope}/${name}`)),
    ]
  }

  test('has every entry that a process is started with', () => {
    expect(files).toContain(manifest.main.slice('./'.length))
    for (const entry of ['main/engine.js', 'main/job.js', 'preload/index.cjs', 'renderer/index.html']) {
      expect(files).toContain(`out/${entry}`)
    }
  })

  test('has the build and what it needs, and nothing else', () => {
    expect(foldersBelow('')).toEqual(['node_modules', 'out', 'package.json'])
    expect(foldersBelow('out/')).toEqual(['main', 'preload', 'renderer'])
    expect(files.filter((file) => /(^|\/)(e2e|bench|docs|testing)\/|\.(test|spec)\.|\.(tsx?|map)$/.test(file))).toEqual(
      [],
    )
    expect(packages()).toEqual(expect.arrayContaining(Object.keys(manifest.dependencies)))
    for (const name of Object.keys(manifest.devDependencies)) expect(packages()).not.toContain(name)
  })

  test('has every package that the bundles import', () => {
    const bundles = files.filter((file) => /^out\/main\/.*\.js$/.test(file))
    const imported = bundles.flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/(?:^|\n)import[^'"\n]*?["']([^'"]+)["']/g)].map(
        ([, specifier]) => specifier,
      ),
    )
    const bare = imported.filter((name) => !/^(\.|node:|electron$)/.test(name) && !builtinModules.includes(name))
    expect(bare.length).toBeGreaterThan(3)
    const named = bare.map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'))
    expect(packages()).toEqual(expect.arrayContaining(named))
  })

  test('keeps native code outside, where the operating system can load it', () => {
    const native = files.filter((file) => /\.(node|so|dylib|dll)$/.test(file))
    expect(native.some((file) => file.includes('@duckdb/node-bindings-'))).toBe(true)
    for (const file of native) {
      expect(statFile(archive, file, false)).toMatchObject({ unpacked: true })
      expect(existsSync(join(`${archive}.unpacked`, file))).toBe(true)
    }
  })

  test('is whole: what it holds reads a file with DuckDB, opens an encoder and a decoder of pictures, without the project around it', () => {
    const taken = join(folder, 'taken')
    extractAll(archive, taken)
    const data = join(folder, 'ratings.csv')
    writeFileSync(data, 'user,item,rating\n1,10,5\n1,11,4\n2,10,3\n')
    const cli = join(taken, 'out', 'main', 'cli.js')
    const output = execFileSync(process.execPath, [cli, 'profile', data, '--json'], { cwd: folder, encoding: 'utf8' })
    expect(JSON.parse(output)).toMatchObject({ interactions: 3, users: 2, items: 2 })
    const encoder = join(folder, 'encoder')
    writeTinyEncoder(encoder)
    const script = `import { readFile } from 'node:fs/promises'
      import { createRequire } from 'node:module'
      import { InferenceSession } from 'onnxruntime-web'
      const session = await InferenceSession.create(${JSON.stringify(join(encoder, 'model.onnx'))})
      const wasm = await readFile(createRequire(import.meta.url).resolve('@jsquash/webp/codec/dec/webp_dec.wasm'))
      const { init } = await import('@jsquash/webp/decode.js')
      await init({ instantiateWasm: (imports, done) => done(new WebAssembly.Instance(new WebAssembly.Module(wasm), imports)) })
      console.log(session.outputNames.join())`
    writeFileSync(join(taken, 'encode.mjs'), script)
    const names = execFileSync(process.execPath, [join(taken, 'encode.mjs')], { cwd: folder, encoding: 'utf8' })
    expect(names.trim()).toBe('last_hidden_state')
  })
})
