export const devices = {
  devices: {
    label: '计算设备',
    help: '神经网络在此设备上训练；其他模型用 CPU 计算。',
    best: '最佳',
    bestOf: '最佳（{{device}}）',
    unavailable: '{{device}} – 不可用',
    software: '{{device}} – 软件模拟，很慢',
    names: { cuda: 'CUDA', webgpu: 'WebGPU', cpu: 'CPU', 'native-cpu': 'CPU（TensorFlow）' },
    networks: '神经网络在 {{device}} 上训练。',
    failed: '{{device}}：{{reason}}',
    trainOn: '在 {{device}} 上训练',
  },
}
