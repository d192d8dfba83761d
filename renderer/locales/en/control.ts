export const control = {
  control: {
    stopping: '{{field}}: early stopping needs a validation part. Add one to the split, or turn early_stopping off.',
  },
}
