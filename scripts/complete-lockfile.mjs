// Adds the optional packages of other platforms that npm drops from package-lock.json when a registry mirror lacks
// them; `npm ci` refuses a lock file without them. Run after every change of dependencies.
import { readFileSync, writeFileSync } from 'node:fs'

const operatingSystems = ['linux', 'darwin', 'win32', 'android', 'freebsd', 'openbsd', 'netbsd', 'sunos', 'aix']
const processors = ['x64', 'arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el']

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const added = []
for (const entry of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const path = `node_modules/${name}`
    if (lock.packages[path] || !/^\d/.test(version)) continue
    const words = name.split(/[/@-]/)
    lock.packages[path] = {
      version,
      ...(words.some((word) => processors.includes(word)) && {
        cpu: words.filter((word) => processors.includes(word)),
      }),
      ...(entry.dev && { dev: true }),
      optional: true,
      ...(words.some((word) => operatingSystems.includes(word)) && {
        os: words.filter((word) => operatingSystems.includes(word)),
      }),
    }
    added.push(`${name}@${version}`)
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)
console.log(added.length ? `added ${added.join(', ')}` : 'package-lock.json is complete')
