import type { Sentences } from '../sentences'

/** What the engine says of training under control: pauses, checkpoints, divergence. */
export const trainingControlSentences: Sentences = {
  '{field}: {value} needs a validation part.': '{field}：{value} 需要验证集。',
  'Add one to the split, or give {parameter} the value {value}.':
    '请在划分中添加验证集，或将 {parameter} 设为 {value}。',
  'Training diverged at step {step} of epoch {epoch}: the loss grew to {loss}, from {first} at the first step.':
    '训练在第 {epoch} 轮第 {step} 步发散：损失从第一步的 {first} 增大到 {loss}。',
  'Training diverged at step {step} of epoch {epoch}: the loss is no number any more.':
    '训练在第 {epoch} 轮第 {step} 步发散：损失已不是数字。',
  'Choose a smaller learning_rate, more warmup_steps, or a gradient_clip such as 1.':
    '请选择更小的 learning_rate、更多的 warmup_steps，或将 gradient_clip 设为 1 之类的值。',
}
