export const elsewhere = {
  elsewhere: {
    bring: '导入',
    title: '导入其他程序生成的内容',
    kinds: {
      lists: {
        name: '列表',
        text: '含 user_id、item_id、score 和 rank 的 Parquet 或 CSV，或 TREC 运行文件。与其他运行一样，按此数据、划分和定义评估。',
      },
      vectors: {
        name: '向量',
        text: '用户和物品的矩阵，.npz、.npy 或 safetensors 格式，一个或两个文件；得分为其乘积。矩阵文件不含 ID 时，另选 ID 文件：每行一个或 JSON 列表。',
      },
    },
    files: {
      file: '选择列表',
      users: '用户向量',
      items: '物品向量',
      userIds: '用户 ID',
      itemIds: '物品 ID',
    },
    judge: '读取并评估',
    badge: '别处生成',
    panel: '别处生成',
    short_other: '最长的列表有 {{count}} 个物品；更大的 k 下的指标只评估这些物品。',
    explain: '由其他程序生成；TopN 以评估自身模型的方式评估它。',
    file: '文件',
    rows: '行数',
    leftOut: '未采用',
    unknownUsers: '不在此数据中的用户',
    unknownItems: '不在此数据中的物品',
    users: '有内容的用户',
    withoutList: '有测试物品而无列表的用户',
    judgedEmpty: '按空列表评估。',
    ranksStandIn: '得分不能说明列表的顺序，因此以 1 / 排名代替得分。',
  },
}
