export const elsewhere = {
  elsewhere: {
    bring: '别处生成的列表',
    badge: '别处生成',
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
