export const distances = ['cosine', 'euclidean'] as const
/** How far apart two vectors are: 1 less the cosine of their angle, or the length of their difference. */
export type Distance = (typeof distances)[number]
