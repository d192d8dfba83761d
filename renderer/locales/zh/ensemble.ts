export const ensemble = {
  ensemble: {
    members: '成员',
    help: '此数据与划分上已训练的运行。留空则由同时勾选的模型组成：{{models}}。',
    nothingTicked: '尚无',
    member: '运行',
    model: '模型',
    weight: '权重',
    weightLater: '训练后得出',
    gone: '已删除',
    problems: {
      members: '{{field}}：请至少选择两个已训练的运行，或勾选另外两个模型。',
      validation: '{{field}}：求权重需要验证集。请在划分中添加验证集，或选择相等的权重。',
      heldOut: '{{field}}：求权重需要参与训练的用户的验证项目。请选择其他验证集，或选择相等的权重。',
    },
  },
}
