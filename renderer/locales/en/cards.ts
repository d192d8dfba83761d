/** What stands on the models' cards beside what the models say of themselves. */
export const cards = {
  cards: {
    presetOf: '{{model}}: preset',
    preset: 'preset',
    own: 'own',
    ownMeaning: 'Parameters that were changed by hand.',
  },
}
