export const significance = {
  significance: {
    title: 'How sure',
    note: 'Each run less {{reference}}, over the same {{users}} users. Intervals hold at {{level}}, from {{resamples}} resamples of the users.',
    noteOfBest: 'The best {{count, number}} of {{all, number}} runs are compared.',
    loading: 'Comparing user by user…',
    stop: 'Stop',
    reference: 'Reference run',
    test: 'Test',
    tests: { t: 'Student’s paired t test', wilcoxon: 'Wilcoxon’s signed ranks', randomisation: 'Randomisation test' },
    plot: '{{metric}} against {{reference}}',
    plotNote: 'Filled: found by the test, after correction. Hollow: may be chance.',
    difference: 'Difference in {{metric}}',
    from: '{{level}} from',
    to: '{{level}} to',
    found: 'Found',
    words: 'In words',
    sentence:
      'better for {{better}} of users, worse for {{worse}}: {{metric}} {{difference}}, {{level}} interval {{from}} to {{to}}',
    againstBest: 'Against {{reference}}, the best other run on the same data and split: {{sentence}}, p {{p}}.',
    p: 'p',
    corrected: 'p after Holm',
    effect: 'Effect d',
    verdict: { better: 'better', worse: 'worse', unsure: 'not shown' },
    formulas: {
      title: 'How these numbers are computed',
      difference: 'Difference: mean over users of the run’s value less the reference’s.',
      interval:
        'Interval: bias-corrected and accelerated bootstrap (BCa, Efron 1987): users are drawn with replacement, the same for all runs.',
      t: 'p: t = mean difference / (standard deviation of differences / √n), Student’s distribution with n − 1 degrees of freedom, both sides (Student 1908).',
      wilcoxon:
        'p: sum of the ranks by size of positive differences; zeros are left out, equal sizes share a rank. Up to 50 differences counted out, beyond normal with corrections for ties and continuity, both sides (Wilcoxon 1945).',
      randomisation:
        'p: share of random changes of sign with a mean as far from 0: all of them up to 16 differences, beyond (b + 1) / (m + 1) of m random ones, both sides (Smucker, Allan and Carterette 2007).',
      holm: 'p after Holm: the i-th smallest of m values, from 0, times m − i, at least the one before (Holm 1979). Below 1 − level counts as found.',
      effect:
        'Effect d: Cohen’s d_z = mean difference / standard deviation of differences; about 0.2 is small, 0.5 medium, 0.8 large.',
    },
  },
}
