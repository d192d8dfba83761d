/** Beyond this share of the result a further term changes nothing. */
const precision = 1e-16
/** Stands for 0 where a continued fraction would divide by it. */
const tiny = 1e-300

/** ln of the gamma function of a positive number (Lanczos 1964, with the coefficients for g = 7 and nine terms). */
export function logGamma(x: number): number {
  const [first, ...others] = lanczos
  const sum = others.reduce((sum, coefficient, at) => sum + coefficient / (x + at), first)
  const base = x + 6.5
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum)
}

const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/**
 * The regularised incomplete beta function I_x(a, b), a and b positive, x from 0 to 1: the continued fraction of DLMF
 * 8.17.22 by the modified method of Lentz (Press et al. 2007, Numerical recipes, 6.4).
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  // On this side of the mean the fraction converges fast.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)
  return (Math.exp(front) * betaFraction(x, a, b)) / a
}

function betaFraction(x: number, a: number, b: number): number {
  let [c, d] = [1, 1 / awayFromZero(1 - ((a + b) * x) / (a + 1))]
  let value = d
  for (let m = 1; ; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    let change = 1
    for (const step of [even, odd]) {
      d = 1 / awayFromZero(1 + step * d)
      c = awayFromZero(1 + step / c)
      change = c * d
      value *= change
    }
    if (Math.abs(change - 1) <= 2 * precision) return value
  }
}

function awayFromZero(value: number): number {
  return Math.abs(value) < tiny ? tiny : value
}

/** How likely Student's t with these degrees of freedom is at least as far from 0 as `t`, on either side. */
export function tTwoSided(t: number, degrees: number): number {
  if (!Number.isFinite(t)) return 0
  return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
}

/** How likely a standard normal number is larger than `z`. */
export function normalUpper(z: number): number {
  if (z < 0) return 1 - normalUpper(-z)
  return z < 2 ? 0.5 - density(z) * centralSum(z) : density(z) * tailFraction(z)
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
}

/** z + z^3 / 3 + z^5 / (3 x 5) + ... (Marsaglia 2004, Evaluating the normal distribution). */
function centralSum(z: number): number {
  let [sum, term] = [z, z]
  for (let odd = 3; term > precision * sum; odd += 2) {
    term *= (z * z) / odd
    sum += term
  }
  return sum
}

/** 1 / (z + 1 / (z + 2 / (z + 3 / ...))) (Laplace 1805; DLMF 7.9.4), for z of 2 and more. */
function tailFraction(z: number): number {
  let value = z
  for (let term = 150; term > 0; term--) value = z + term / value
  return 1 / value
}

/** The number below which a standard normal number lies with this probability, by bisection. */
export function normalQuantile(probability: number): number {
  if (probability <= 0) return Number.NEGATIVE_INFINITY
  if (probability >= 1) return Number.POSITIVE_INFINITY
  if (probability > 0.5) return -normalQuantile(1 - probability)
  let [low, high] = [-40, 0]
  for (;;) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) return middle
    if (normalUpper(-middle) < probability) low = middle
    else high = middle
  }
}
