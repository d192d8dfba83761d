/** How alike the lists of two runs are. */
export const overlap = {
  overlap: {
    found_one: 'Lists at k = {{k, number}}: Jaccard {{jaccard}}, RBO {{rbo}}, of {{count, number}} user.',
    found_other: 'Lists at k = {{k, number}}: Jaccard {{jaccard}}, RBO {{rbo}}, means over {{count, number}} users.',
    jaccard:
      'Jaccard: items in both lists / items in either. 0 where nothing is shared, 1 where the same items are listed in any order (Jaccard 1901).',
    rbo: 'RBO: rank-biased overlap, the share of common items at each depth d, weighed by 0.9^(d − 1), so that the first items count more; 1 for the same list (Webber, Moffat and Zobel 2010, equation 32).',
    mean: 'Users for whom neither run lists anything do not count.',
  },
}
