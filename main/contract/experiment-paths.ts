import { type Experiment, mapPaths, type Split } from './experiment'
import { mapFeaturePaths } from './features'

/** The same experiment with every path changed: of files of data, a given split, encoders and candidates. */
export function mapExperimentPaths(experiment: Experiment, change: (path: string) => string): Experiment {
  const { dataset, split, features, evaluation } = experiment
  const { candidates } = evaluation
  return {
    ...experiment,
    dataset: {
      ...dataset,
      ...(dataset.interactions !== undefined && { interactions: mapPaths(dataset.interactions, change) }),
      ...(dataset.items && { items: { ...dataset.items, path: change(dataset.items.path) } }),
      ...(dataset.users && { users: { ...dataset.users, path: change(dataset.users.path) } }),
    },
    ...(split && { split: mapSplitPaths(split, change) }),
    ...(features && { features: mapFeaturePaths(features, change) }),
    evaluation: {
      ...evaluation,
      candidates:
        typeof candidates === 'object' && 'file' in candidates ? { file: change(candidates.file) } : candidates,
    },
  }
}

function mapSplitPaths(split: Split, change: (path: string) => string): Split {
  if (split.strategy !== 'predefined') return split
  const { validation } = split
  return {
    ...split,
    train: change(split.train),
    test: change(split.test),
    ...(validation !== undefined && { validation: typeof validation === 'string' ? change(validation) : validation }),
  }
}
