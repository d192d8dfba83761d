import type { Sentences } from '../sentences'

/** What models that read histories say in their registry entries. */
export const sequenceModelSentences: Sentences = {
  Sequences: '序列',
  'Two-tower': '双塔',
  'Reads the recent items in their order with a Transformer, and scores what may come next.':
    '用 Transformer 按顺序读取近期物品，并为下一个物品评分。',
  'Assumes that what comes next depends on the recent items and their order.': '假设下一个物品取决于近期物品及其顺序。',
  'Strong where order matters and histories are many; the loss and its drawn items decide how good it is.':
    '在顺序重要且历史众多时表现出色；损失函数及其抽取的物品决定效果好坏。',
  'Reads a session item by item with a recurrent network, and scores what may come next.':
    '用循环网络逐个读取会话中的物品，并为下一个物品评分。',
  'Assumes that a session leads to its next item, whoever it belongs to.': '假设会话本身决定下一个物品，与属于谁无关。',
  'Made for short sessions of people who are not known; reads one item after the other, so long histories take long.':
    '适合未知用户的短会话；逐个读取物品，因此历史越长耗时越多。',
  'Learns to fill in items left out of histories, from both sides, and fills in the one after the last.':
    '学习从两侧补全历史中缺失的物品，并补全最后一个之后的物品。',
  'Assumes that an item can be told from those around it, later ones included.':
    '假设一个物品可由其前后的物品推断，包括之后的物品。',
  'As good as SASRec with patience: only masked items teach, so it takes several times the epochs.':
    '有耐心时与 SASRec 相当：只有被遮盖的物品提供学习信号，因此需要数倍的轮数。',
  'Adds what a Transformer makes of recent items to a vector of the user, and compares with items and their features.':
    '将 Transformer 对近期物品的理解与用户向量相加，再与物品及其特征比较。',
  'Assumes that people have a lasting taste, and that recent items say what they want now.':
    '假设人们有持久的喜好，而近期物品说明他们当下想要什么。',
  'Good where taste lasts and moves; scores new items by features, and takes more memory for each user.':
    '适合喜好既持久又变化的数据；按特征为新物品评分，每个用户占用更多内存。',
  'Makes a vector of the history and one of each item and its features, and scores by their product.':
    '分别为历史与每个物品及其特征生成向量，按乘积评分。',
  'Assumes that what a history is like and what an item is like meet in one space.':
    '假设历史的特点与物品的特点可在同一空间中相遇。',
  'Made for large catalogues with features, where new items must be found; a mean of the history knows no order.':
    '适合带特征、需要发现新物品的大型目录；历史的均值不含顺序信息。',
  // Presets.
  'BPR-max': 'BPR-max',
  LSTM: 'LSTM',
  Sessions: '会话',
  'Cuts histories where nothing happened for half an hour.': '在半小时无活动处切分历史。',
  'Puts the next item before popular ones that were drawn, as the paper does.':
    '按论文的做法，使下一个物品排在抽取的热门物品之前。',
  'All items': '全部物品',
  'Compares with all items instead of drawn ones; slower, and a little better.':
    '与全部物品而非抽取的物品比较；更慢，效果略好。',
  'Short histories': '短历史',
  'For short histories: half of the network is left out while it learns, slowly and for longer.':
    '适合短历史：学习时略去网络的一半，学得更慢、更久。',
  gBCE: 'gBCE',
  'The log loss of chosen and drawn items, its overconfidence taken back.':
    '所选与抽取物品的对数损失，并消除其过度自信。',
  'Reads the history in its order.': '按顺序读取历史。',
  'New items': '新物品',
  'Learns more from features, for items that nobody has chosen yet.': '更多地从特征学习，面向尚无人选择的物品。',
  Conversion: '转化',
  'Also learns which chosen items came to a high rating or a purchase, and lists these first.':
    '同时学习哪些被选择的物品带来高评分或购买，并优先列出。',
  // Parameters.
  'Components of the vectors of items and of the state.': '物品向量与状态的分量数。',
  'The most recent items of a history that are read.': '读取历史中最近的物品数。',
  'Share of the numbers inside the network that are left out at random while it learns.':
    '学习时随机略去的网络内部数值的比例。',
  'Layers of attention.': '注意力层数。',
  'Parts of the vectors that attend by themselves; where it does not divide their length, the next lower number does.':
    '各自进行注意力计算的向量部分数；若不能整除向量长度，则取能整除的较小数。',
  'What the chosen item is compared with: all items, or drawn ones, in one of several ways.':
    '所选物品与什么比较：全部物品，或以多种方式之一抽取的物品。',
  'Drawn items of a step, which all its examples share.': '每一步抽取的物品数，该步所有样本共用。',
  'How items are drawn: all alike, popular ones more often, or among those chosen in the same step.':
    '如何抽取物品：一视同仁、热门者更常、或取自同一步中被选择的物品。',
  'How far gBCE takes the overconfidence back that drawing few items brings; 0 is plain log loss.':
    'gBCE 在多大程度上消除少量抽样带来的过度自信；0 为普通对数损失。',
  'How strongly scores of drawn items are held near 0.': '使抽取物品的得分接近 0 的力度。',
  'Hours without anything after which a new session begins; 0: a history is one session.':
    '无活动达到多少小时后开始新会话；0：整个历史为一个会话。',
  'Share of the items of a history that are left out and learned.': '历史中被遮盖并学习的物品比例。',
  'Share of the items of a step that are known by their features alone, as items nobody has chosen are.':
    '每一步中仅凭特征识别的物品比例，如同尚无人选择的物品。',
  'Share of the histories of a step that learn without the vector of their user, as new ones have none.':
    '每一步中不使用用户向量学习的历史比例，因为新历史没有用户向量。',
  'What reads the history: the mean of its items, or a recurrent network, item by item.':
    '用什么读取历史：物品的均值，或逐个读取的循环网络。',
  'What the second product, of conversion, counts in lists; 0: it is not learned.':
    '第二个乘积（转化）在列表中的权重；0：不学习。',
  'Rating or value from which a choice counts as a conversion.': '达到多少评分或数值的选择算作转化。',
}
