/** Letters, digits, `.`, `_` and `-` of the name, in any script: a plain file name on every system. */
export function safeName(name: string): string {
  const plain = name.replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '_').replace(/^\.+/, '')
  // File systems take 255 bytes; a letter may need four.
  return [...plain].slice(-55).join('') || 'file'
}
