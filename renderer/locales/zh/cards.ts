export const cards = {
  cards: {
    presetOf: '{{model}}：预设',
    preset: '预设',
    own: '自定义',
    ownMeaning: '手动更改过的参数。',
    cost: '约需 {{time}}、内存 {{bytes}}。',
    costOnCard: '在 CPU 上约需 {{time}}；在 {{device}} 上需要多久尚不可知。内存约 {{bytes}}。',
    tooLarge: '约需内存 {{bytes}}；每次运行最多可用 {{limit}}。',
    nothingFits: '请清洗出更少的交互，或使用内存更大的机器。',
    takeOffer: '改用 {{offer}}',
    trainOffer: '训练 {{offer}}',
  },
}
