export const privacy = {
  privacy: {
    pseudonyms: '假名',
    replace: { users: '替换用户编号', items: '替换物品编号' },
    replaceHelp:
      '读取文件时用带密钥的哈希替换；数据库中从不保存编号。上传的文件会留在工作区的 inbox 中，直到您删除它。',
    ids: {
      none: '此数据集的编号与文件中一致。要隐藏它们，请重新打开文件并选择替换。',
      users: '用户编号已是假名；物品编号与文件中一致。',
      items: '物品编号已是假名；用户编号与文件中一致。',
      both: '用户与物品的编号都已是假名。',
    },
    key: '此工作区的密钥生成于 {{date}}。只有您能读取它；同一编号在每个数据集中都有相同的假名。',
    noKey: '此工作区没有密钥；第一次替换编号时会生成一个。',
    destroy: '销毁密钥',
    destroyTitle: '要销毁假名的密钥吗？',
    destroyText:
      '此后没有人能查出假名属于谁，即使有原始文件也不行。以后打开的数据会得到不同的假名，不再与这里的数据对应。此操作无法撤销。',
    anonymity: '隐于众人',
    anonymityNote: 'k-匿名：有多少用户取值相同。',
    noAttributes: '除了行为之外，对用户一无所知。请连同用户文件一起打开数据，以查看他们隐藏得如何。',
    known: '他人可能知道的信息',
    knownHelp: '可用来寻找某人的属性，如年龄、城市和职业。',
    smallest: '最小的组（k）',
    groups: '组数',
    unique: '独自一组的用户',
    hidden_other: '每个用户都与至少 {{count, number}} 个其他用户取值相同。',
    recognised_other: '{{count, number}} 个用户的取值独一无二：知道这些取值的人就能找到他们。',
    sizes: '按所在组大小划分的用户',
    size: '组内用户数',
    steps: '少透露一些',
    stepsNote: '配方中的步骤；模型和所有数字只看到它们留下的数据。',
  },
}
