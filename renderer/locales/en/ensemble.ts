export const ensemble = {
  ensemble: {
    members: 'Members',
    help: 'Trained runs of this data and split. Left empty, it is made of the models that are ticked with it: {{models}}.',
    nothingTicked: 'none yet',
    member: 'Run',
    model: 'Model',
    weight: 'Weight',
    weightLater: 'found by training',
    gone: 'deleted',
    problems: {
      members: '{{field}}: choose two trained runs at least, or tick two other models.',
      validation: '{{field}}: fitted weights need a validation part. Add one to the split, or choose equal weights.',
      heldOut:
        '{{field}}: fitted weights need validation items of users who are trained on. Choose another validation part, or equal weights.',
    },
  },
}
