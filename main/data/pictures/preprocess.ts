import * as v from 'valibot'
import { BadPicture, type Picture, type PictureSize } from './picture'
import { type Filter, filters, resize } from './resize'

const edge = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096))
const channels = v.pipe(v.array(v.number()), v.length(3))
const size = v.union([
  edge,
  v.strictObject({ height: edge, width: edge }),
  v.strictObject({ shortest_edge: edge, longest_edge: v.optional(edge) }),
])

interface Typed {
  image_processor_type?: string | undefined
  feature_extractor_type?: string | undefined
}
const typeOf = ({ image_processor_type, feature_extractor_type }: Typed) =>
  image_processor_type ?? feature_extractor_type ?? ''

/** `preprocessor_config.json` of Hugging Face's image processors, as far as it changes pixels. */
const configSchema = v.pipe(
  v.looseObject({
    image_processor_type: v.optional(v.string()),
    feature_extractor_type: v.optional(v.string()),
    do_resize: v.optional(v.boolean(), true),
    size: v.optional(size),
    resample: v.optional(v.picklist(Object.values(filters).map(({ code }) => code)), filters.bilinear.code),
    crop_pct: v.optional(v.pipe(v.number(), v.gtValue(0), v.maxValue(1))),
    do_center_crop: v.optional(v.boolean()),
    crop_size: v.optional(v.union([edge, v.looseObject({ height: edge, width: edge })])),
    do_rescale: v.optional(v.boolean(), true),
    rescale_factor: v.optional(v.number(), 1 / 255),
    do_normalize: v.optional(v.boolean(), true),
    image_mean: v.optional(channels),
    image_std: v.optional(channels),
    do_flip_channel_order: v.optional(v.boolean(), false),
    do_pad: v.optional(v.literal(false)),
    do_thumbnail: v.optional(v.literal(false)),
    do_align_long_axis: v.optional(v.literal(false)),
    rescale_offset: v.optional(v.literal(false)),
    include_top: v.optional(v.literal(false)),
  }),
  v.check(
    (config) => !/^EfficientNet/.test(typeOf(config)) || config.include_top === false,
    'it does not say include_top: false',
  ),
  v.check(({ do_resize, size }) => !do_resize || size !== undefined, 'it resizes, and names no size'),
  v.check(({ do_center_crop, crop_size }) => !do_center_crop || crop_size !== undefined, 'it crops, and names no size'),
  v.check(
    ({ do_normalize, image_mean, image_std }) => !do_normalize || (image_mean && image_std) !== undefined,
    'it normalises, and names no mean or deviation',
  ),
)
export type Preprocessing = v.InferOutput<typeof configSchema>

/** Throws an error that says what is wrong, or not known here. */
export function readPreprocessing(config: unknown): Preprocessing {
  const isObject = typeof config === 'object' && config !== null
  // What is null is not said.
  const said = isObject ? Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null)) : config
  const read = v.safeParse(configSchema, said)
  if (read.success) return read.output
  const [issue] = read.issues
  throw new Error([v.getDotPath(issue), issue.message].filter((part) => part !== null).join(': '))
}

/** What a model is given of a picture: 3 x height x width. */
export interface Pixels extends PictureSize {
  readonly data: Float32Array
}

/** Resizes, crops, rescales and normalises as the configuration says. Throws BadPicture for one that is too long. */
export function preprocess(picture: Picture, config: Preprocessing): Pixels {
  const { target, crop } = sizesFor(picture, config)
  if (target.width * target.height > largestTarget) throw new BadPicture('It is far longer than wide.')
  const isSame = target.width === picture.width && target.height === picture.height
  const resized = isSame ? picture : resize(picture, target, filterOf(config.resample))
  return planes(crop ? cropCentre(resized, crop) : resized, config)
}

/** Only the shorter edge may be given. */
const largestTarget = 16_777_216

const filterOf = (code: number) =>
  (Object.keys(filters) as Filter[]).find((name) => filters[name].code === code) as Filter

/** Processors for which a size of one number is the shorter edge's; for others it is a square. */
const ofShortestEdge = /^(CLIP|ChineseCLIP|Bit|ConvNext|LevitImage|LevitFeature)/

function sizesFor(picture: Picture, config: Preprocessing): { target: PictureSize; crop: PictureSize | null } {
  const { size, crop_size, crop_pct } = config
  const cropped = typeof crop_size === 'number' ? { width: crop_size, height: crop_size } : (crop_size ?? null)
  const crop = (config.do_center_crop ?? crop_size !== undefined) ? cropped : null
  if (!config.do_resize || size === undefined) return { target: picture, crop }
  if (typeof size === 'object' && 'width' in size) return { target: size, crop }
  const shortest = typeof size === 'number' ? size : size.shortest_edge
  const square = { width: shortest, height: shortest }
  // ConvNext and ResNet: a small size is cropped from a picture that is so much larger, a large one is warped.
  if (crop_pct) {
    if (shortest >= 384) return { target: square, crop: null }
    return { target: alongShortest(picture, Math.trunc(shortest / crop_pct)), crop: square }
  }
  const type = typeOf(config)
  if (typeof size === 'number' && !ofShortestEdge.test(type)) return { target: square, crop }
  const edge = /^Levit/.test(type) ? Math.trunc(shortest * (256 / 224)) : shortest
  return { target: alongShortest(picture, edge, typeof size === 'number' ? undefined : size.longest_edge), crop }
}

function alongShortest({ width, height }: PictureSize, shortest: number, longest = Number.POSITIVE_INFINITY) {
  const [short, long] = [Math.min(width, height), Math.max(width, height)]
  const wanted = Math.trunc((shortest * long) / short)
  const edges = wanted <= longest ? [shortest, wanted] : [Math.trunc((longest * shortest) / wanted), longest]
  const [other, one] = edges.map((each) => Math.max(1, each))
  return width <= height ? { width: other, height: one } : { width: one, height: other }
}

/** What lies outside of the picture is black. */
function cropCentre(picture: Picture, { width, height }: PictureSize): Picture {
  const top = Math.floor((picture.height - height) / 2)
  const left = Math.floor((picture.width - width) / 2)
  const data = new Uint8ClampedArray(width * height * 3)
  const from = Math.max(0, left)
  const end = Math.min(picture.width, left + width)
  for (let y = Math.max(0, -top); y < height && y + top < picture.height; y++) {
    const start = (y + top) * picture.width
    data.set(picture.data.subarray((start + from) * 3, (start + end) * 3), (y * width + from - left) * 3)
  }
  return { width, height, data }
}

function planes({ width, height, data }: Picture, config: Preprocessing): Pixels {
  const factor = config.do_rescale ? config.rescale_factor : 1
  const mean = (config.do_normalize && config.image_mean) || [0, 0, 0]
  const deviation = (config.do_normalize && config.image_std) || [1, 1, 1]
  const count = width * height
  const pixels = new Float32Array(3 * count)
  for (let channel = 0; channel < 3; channel++) {
    const plane = (config.do_flip_channel_order ? 2 - channel : channel) * count
    for (let at = 0; at < count; at++) {
      pixels[plane + at] = (data[at * 3 + channel] * factor - mean[channel]) / deviation[channel]
    }
  }
  return { width, height, data: pixels }
}
