/** What a paired test says of the differences between two runs on the same users. */
export interface TestResult {
  statistic: number
  /** How likely a difference at least as large is where the runs are equally good, on both sides. */
  p: number
}
