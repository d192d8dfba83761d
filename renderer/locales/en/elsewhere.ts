export const elsewhere = {
  elsewhere: {
    bring: 'Bring in',
    title: 'Bring in what another program made',
    kinds: {
      lists: {
        name: 'Lists',
        text: 'Parquet or CSV with user_id, item_id, score and rank, or a TREC run. They are judged on this data, split and definitions, like any run.',
      },
      vectors: {
        name: 'Vectors',
        text: 'Matrices of users and items as .npz, .npy or safetensors, one file or two; the score is their product. Ids: one on each line or a JSON list, where the matrices do not have them.',
      },
    },
    files: {
      file: 'Choose lists',
      users: 'Vectors of users',
      items: 'Vectors of items',
      userIds: 'Ids of users',
      itemIds: 'Ids of items',
    },
    judge: 'Read and judge',
    badge: 'made elsewhere',
    panel: 'Made elsewhere',
    short_one: 'The longest list has {{count}} item; metrics at a larger k judge no more than that.',
    short_other: 'The longest list has {{count}} items; metrics at a larger k judge no more than those.',
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
