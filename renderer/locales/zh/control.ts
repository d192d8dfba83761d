export const control = {
  control: {
    stopping: '{{field}}：提前停止需要验证集。请在划分中添加验证集，或关闭 early_stopping。',
  },
}
