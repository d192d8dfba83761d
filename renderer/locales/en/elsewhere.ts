export const elsewhere = {
  elsewhere: {
    bring: 'Lists made elsewhere',
    badge: 'made elsewhere',
    explain: 'Another program made it; TopN judged it as it judges its own.',
    file: 'File',
    rows: 'Rows',
    leftOut: 'Left out',
    unknownUsers: 'Users that are not in this data',
    unknownItems: 'Items that are not in this data',
    users: 'Users with something',
    withoutList: 'Users with test items and no list',
    judgedEmpty: 'They are judged by empty lists.',
    ranksStandIn: 'The scores do not say the order of the lists, so 1 / rank stands for the score.',
  },
}
