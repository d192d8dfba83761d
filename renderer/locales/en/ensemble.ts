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
    problem: '{{field}}: choose two trained runs at least, or tick two other models.',
  },
}
