/** What stands on the models' cards beside what the models say of themselves. */
export const cards = {
  cards: {
    presetOf: '{{model}}: preset',
    preset: 'preset',
    own: 'own',
    ownMeaning: 'Parameters that were changed by hand.',
    cost: 'About {{time}} and {{bytes}} of memory.',
    costOnCard: 'About {{time}} on the CPU; how long on {{device}} is not known. About {{bytes}} of memory.',
    tooLarge: 'It would need about {{bytes}} of memory; a run may take {{limit}}.',
    nothingFits: 'Clean the data to fewer interactions, or use a machine with more memory.',
    takeOffer: 'Take {{offer}}',
    trainOffer: 'Train {{offer}}',
  },
}
