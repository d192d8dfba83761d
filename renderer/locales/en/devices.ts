export const devices = {
  devices: {
    label: 'Device',
    help: 'Networks train on it; other models compute on the CPU.',
    best: 'Best',
    bestOf: 'Best ({{device}})',
    unavailable: '{{device}} – not available',
    software: '{{device}} – software, slow',
    names: { cuda: 'CUDA', webgpu: 'WebGPU', cpu: 'CPU', 'native-cpu': 'CPU (TensorFlow)' },
    networks: 'Networks train on {{device}}.',
    failed: '{{device}}: {{reason}}',
    trainOn: 'Train on {{device}}',
  },
}
