export const split = {
  split: {
    default: '默认划分',
    'leave-last-out': '留最后',
    'leave-one-out': '留一',
    random: '随机',
    temporal: '按时间',
    predefined: '预先划分',
  },
}
