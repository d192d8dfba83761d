export const split = {
  split: {
    default: 'default split',
    'leave-last-out': 'leave-last-out',
    'leave-one-out': 'leave-one-out',
    random: 'random',
    temporal: 'temporal',
    predefined: 'predefined',
  },
}
