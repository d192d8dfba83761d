export const cards = {
  cards: {
    presetOf: '{{model}}：预设',
    preset: '预设',
    own: '自定义',
    ownMeaning: '手动更改过的参数。',
  },
}
