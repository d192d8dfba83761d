export const significance = {
  significance: {
    title: '有多确定',
    note: '每个运行减去 {{reference}}，基于同样的 {{users}} 个用户。区间的置信水平为 {{level}}，来自对用户的 {{resamples}} 次重抽样。',
    noteOfBest: '在 {{all, number}} 个运行中比较最好的 {{count, number}} 个。',
    loading: '正在逐个用户比较…',
    stop: '停止',
    reference: '参照运行',
    test: '检验',
    tests: { t: 'Student 配对 t 检验', wilcoxon: 'Wilcoxon 符号秩检验', randomisation: '随机化检验' },
    plot: '{{metric}}：相对于 {{reference}}',
    plotNote: '实心：校正后检验发现差异。空心：可能出于偶然。',
    difference: '{{metric}} 之差',
    from: '{{level}} 下限',
    to: '{{level}} 上限',
    found: '结论',
    words: '用语言说',
    sentence:
      '对 {{better}} 的用户更好，对 {{worse}} 更差：{{metric}} {{difference}}，{{level}} 区间 {{from}} 至 {{to}}',
    againstBest: '相对于同一数据与划分上最好的其他运行 {{reference}}：{{sentence}}，p {{p}}。',
    p: 'p',
    corrected: 'Holm 校正后的 p',
    effect: '效应量 d',
    verdict: { better: '更好', worse: '更差', unsure: '未显示' },
    formulas: {
      title: '这些数字如何计算',
      difference: '差异：对所有用户求“该运行的值减去参照的值”的均值。',
      interval: '区间：偏差校正加速自助法（BCa，Efron 1987）：有放回地抽取用户，所有运行使用同样的抽样。',
      t: 'p：t = 差异均值 / (差异标准差 / √n)，自由度 n − 1 的 Student 分布，双侧（Student 1908）。',
      wilcoxon:
        'p：正差异按大小的秩之和；零差异不计，大小相同者取平均秩。至多 50 个差异时精确计数，更多时用带结与连续性校正的正态近似，双侧（Wilcoxon 1945）。',
      randomisation:
        'p：随机改变符号后均值同样远离 0 的比例：至多 16 个差异时穷举，更多时取 m 次随机的 (b + 1) / (m + 1)，双侧（Smucker、Allan 与 Carterette 2007）。',
      holm: 'Holm 校正后的 p：m 个值中第 i 小者（从 0 起）乘以 m − i，且不小于前一个（Holm 1979）。低于 1 − 置信水平即为发现。',
      effect: '效应量 d：Cohen 的 d_z = 差异均值 / 差异标准差；约 0.2 为小，0.5 为中，0.8 为大。',
    },
  },
}
