import type { Sentences } from '../../../../main/contract/texts/sentences'

/** What the engine says of training under control: pauses, checkpoints, divergence. */
export const trainingControlSentences: Sentences = {
  '{field}: {value} needs a validation part.': '{field}：{value} 需要验证集。',
  'Add one to the split, or give {parameter} the value {value}.':
    '请在划分中添加验证集，或将 {parameter} 设为 {value}。',
  '{field}: {value} needs validation items of users who are trained on.':
    '{field}：{value} 需要参与训练的用户的验证项目。',
  'Choose another validation part, or give {parameter} the value {value}.':
    '请选择其他验证集，或将 {parameter} 设为 {value}。',
  'Training diverged at step {step} of epoch {epoch}: the loss grew to {loss}, from {first} at the first step.':
    '训练在第 {epoch} 轮第 {step} 步发散：损失从第一步的 {first} 增大到 {loss}。',
  'Training diverged at step {step} of epoch {epoch}: the loss is no number any more.':
    '训练在第 {epoch} 轮第 {step} 步发散：损失已不是数字。',
  'Choose a smaller learning_rate, more warmup_steps, or a gradient_clip such as 1.':
    '请选择更小的 learning_rate、更多的 warmup_steps，或将 gradient_clip 设为 1 之类的值。',
  'Paused.': '已暂停。',
  '{run} is {state}; only a run that trains or waits is paused.':
    '{run} 处于 {state} 状态；只有训练中或等待中的运行可以暂停。',
  '{model} saves no checkpoints, so it cannot be paused. Cancel it instead.':
    '{model} 不保存检查点，因此不能暂停。请改为取消。',
  '{run} is {state}; only a paused run is resumed, or one that gave no model.':
    '{run} 处于 {state} 状态；只有已暂停的运行或没有得出模型的运行可以继续。',
  '{run} has no checkpoint to go on from. Train it again with more epochs.':
    '{run} 没有可接续的检查点。请以更多轮数重新训练。',
  'TopN ended before this run was done. Resume it: it goes on from its last checkpoint.':
    'TopN 在此运行完成前结束。请继续它：它会从最后的检查点接续。',
  'Goes on with {run}, after epoch {epoch}.': '接续 {run}，从第 {epoch} 轮之后开始。',
}
