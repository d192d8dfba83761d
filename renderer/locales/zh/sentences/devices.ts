import type { Sentences } from '../../../../main/contract/texts/sentences'

/** What the engine says of devices. */
export const deviceSentences: Sentences = {
  // What computes on them.
  "TensorFlow's own library with CUDA.": 'TensorFlow 自带的库，使用 CUDA。',
  "TensorFlow's own library.": 'TensorFlow 自带的库。',
  'WebAssembly SIMD kernels.': 'WebAssembly SIMD 内核。',
  // Why one fails.
  'the NVIDIA card (CUDA)': 'NVIDIA 显卡（CUDA）',
  'the graphics card (WebGPU)': '显卡（WebGPU）',
  'the processor': '处理器',
  "the processor with TensorFlow's own library": '使用 TensorFlow 自带库的处理器',
  'The NVIDIA card (CUDA)': 'NVIDIA 显卡（CUDA）',
  'The graphics card (WebGPU)': '显卡（WebGPU）',
  "The processor with TensorFlow's own library": '使用 TensorFlow 自带库的处理器',
  '<subject> cannot be used: <reason> Choose "best", or <next>.': '<subject>无法使用：<reason>请选择“best”或<next>。',
  '<subject> was lost while it computed: <reason> Run it again, or on another device.':
    '<subject>在计算中丢失：<reason>请再次运行，或换用其他设备。',
  '<subject> ran out of memory: <reason> Choose a smaller batch or smaller vectors, or another device.':
    '<subject>内存不足：<reason>请选择更小的批次或更短的向量，或换用其他设备。',
  'There is no Vulkan; install libvulkan1 and the driver of your graphics card.':
    '没有 Vulkan；请安装 libvulkan1 和显卡驱动。',
  'No graphics card was found; install the driver of yours.': '未找到显卡；请安装显卡驱动。',
  'This machine has no NVIDIA card.': '本机没有 NVIDIA 显卡。',
  'This machine has an NVIDIA card, {card}, but not what computes on it; run "npm run install:cuda".':
    '本机有 NVIDIA 显卡 {card}，但缺少用它计算的组件；请运行“npm run install:cuda”。',
  'TensorFlow found no card that it can use; it needs CUDA 11 and cuDNN 8.':
    'TensorFlow 未找到可用的显卡；它需要 CUDA 11 和 cuDNN 8。',
  'The window that computes for it has ended.': '用它计算的窗口已结束。',
  'Its driver gives no device; update it.': '驱动没有提供设备；请更新驱动。',
  'TensorFlow could not allocate what it needed.': 'TensorFlow 无法分配所需的内存。',
  'It computes wrong results; update its driver.': '它的计算结果不正确；请更新驱动。',
  'Its WebAssembly memory ends at 4 GiB.': '它的 WebAssembly 内存上限为 4 GiB。',
}
