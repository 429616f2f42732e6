// Positions of muscles and regions on the body chart, from common surface anatomy. They guide the
// reader and are not needle insertion points. Coordinates are those of body-outline.ts. The compiler
// reports a code without a position.
import { segments } from '../ims/codes/general.ts';
import type { muscles, regions } from '../ims/codes/muscles.ts';

/** Front or back of the figure. */
export type View = 'front' | 'back';

/** A position to the right of the midline; that of the other side is its mirror image. */
export interface BodyPosition {
  readonly view: View;
  readonly x: number;
  readonly y: number;
  /** True for a structure on the midline. For all others, a missing side means that it is unknown. */
  readonly isUnpaired?: true;
  /** Heights of the highest and lowest spinal level that it covers; segments give the level between. */
  readonly levelRange?: readonly [top: number, bottom: number];
}

type PositionedCode = Exclude<
  (typeof muscles.codes)[number] | (typeof regions.codes)[number],
  'other'
>;

const front = (x: number, y: number): BodyPosition => ({ view: 'front', x, y });
const back = (x: number, y: number): BodyPosition => ({ view: 'back', x, y });
const unpaired = (position: BodyPosition): BodyPosition => ({ ...position, isUnpaired: true });

/** y of the segments C1 to S5. */
const LEVEL_Y = [
  ...[68, 71, 75, 79, 83, 87, 90, 92],
  ...[95, 101, 108, 115, 121, 128, 135, 142, 148, 155, 162, 168],
  ...[175, 181, 187, 193, 198, 204, 209, 214, 219, 224],
];

/** y of a segment. */
export function levelY(segment: string): number {
  return LEVEL_Y[(segments.codes as readonly string[]).indexOf(segment)] ?? 0;
}

/** A position beside the spine: halfway between two levels until segments are charted. */
function spine(x: number, first: Level, last: Level): BodyPosition {
  const [top, bottom] = [levelY(`segment-${first}`), levelY(`segment-${last}`)];
  return { view: 'back', x, y: (top + bottom) / 2, levelRange: [top, bottom] };
}

type Level =
  | 'c1'
  | 'c5'
  | 'c6'
  | 'c8'
  | 't1'
  | 't10'
  | 't12'
  | 'l1'
  | 'l2'
  | 'l4'
  | 'l5'
  | 's1'
  | 's2'
  | 's5';

const HEAD_AND_NECK = {
  temporalis: front(18, 28),
  masseter: front(17, 57),
  'medial-pterygoid': front(12, 61),
  'lateral-pterygoid': front(17, 48),
  pterygoid: front(14, 53),
  digastric: front(8, 71),
  suprahyoid: front(4, 75),
  platysma: front(9, 78),
  sternocleidomastoid: front(9, 83),
  scalenes: front(15, 87),
  'scalenus-anterior': front(12, 88),
  'scalenus-medius': front(15, 87),
  'scalenus-posterior': front(18, 89),
  'longus-colli-straight': front(4, 82),
  'splenius-capitis': back(10, 70),
  'splenius-cervicis': back(9, 86),
  'splenius-of-trunk': back(8, 100),
  'semispinalis-capitis': back(8.5, 73),
  'rectus-capitis': back(8.5, 65),
  'rectus-capitis-posterior-major': back(9, 66),
  'rectus-capitis-posterior-minor': back(8, 64),
  'obliquus-capitis': back(11, 66),
  suboccipitals: back(8.5, 65),
  'cervical-paraspinals': spine(9.5, 'c1', 'c8'),
  'neck-muscle': back(10, 79),
  'head-muscle': front(11, 18),
  'face-muscle': front(11, 44),
};
const TRUNK = {
  trapezius: back(14, 100),
  'trapezius-upper': back(24, 90),
  'trapezius-middle': back(12, 109),
  'trapezius-lower': back(9, 136),
  'levator-scapulae': back(17, 97),
  rhomboids: back(12, 118),
  'rhomboid-major': back(12, 122),
  'rhomboid-minor': back(12, 107),
  'rhomboideus-cervicis': back(10, 96),
  'latissimus-dorsi': back(30, 158),
  'erector-spinae': spine(11, 'c1', 's5'),
  iliocostalis: spine(18, 'c5', 's1'),
  longissimus: spine(12, 'c1', 's1'),
  spinalis: spine(9.5, 'c1', 'l2'),
  multifidus: spine(9.5, 'c1', 's5'),
  rotatores: spine(9.5, 'c1', 'l5'),
  'rotatores-lumbar': spine(9.5, 'l1', 'l5'),
  'interspinalis-thoracis': unpaired(spine(9.5, 't1', 't12')),
  'thoracic-paraspinal-muscles': spine(9.5, 't1', 't12'),
  'lumbar-paraspinals': spine(9.5, 'l1', 's1'),
  'quadratus-lumborum': back(20, 186),
  'lower-back-muscle': back(13, 190),
  'back-muscle': back(15, 150),
  'pectoralis-major': front(22, 119),
  'pectoralis-major-clavicular': front(24, 103),
  'pectoralis-minor': front(33, 111),
  'serratus-anterior': front(38, 146),
  'external-intercostal': front(26, 141),
  'internal-intercostal': front(14, 138),
  subcostal: back(22, 162),
  'levator-costae': spine(11, 't1', 't12'),
  'chest-wall-muscle': front(30, 151),
  'abdominal-wall-muscle': front(12, 180),
};
const UPPER_LIMB = {
  deltoid: front(53, 112),
  supraspinatus: back(29, 102),
  infraspinatus: back(27, 122),
  subscapularis: front(41, 118),
  'teres-minor': back(38, 121),
  'teres-major': back(36, 133),
  'rotator-cuff-muscles': back(43, 106),
  'upper-limb-muscle': front(55, 140),
  'biceps-brachii': front(53, 142),
  'triceps-brachii': back(54, 142),
  brachioradialis: front(67, 181),
  'pronator-teres': front(58, 174),
  supinator: back(64, 178),
  'flexor-carpi-ulnaris': front(60, 193),
  'extensor-carpi-ulnaris': back(60, 192),
  'extensor-carpi-radialis': back(69, 186),
  'extensor-digitorum': back(67, 199),
  'first-dorsal-interosseous-hand': back(84, 246),
  'adductor-pollicis': front(81, 244),
};
const LOWER_LIMB = {
  iliopsoas: front(22, 224),
  'psoas-major': front(13, 196),
  iliacus: front(31, 208),
  'gluteus-maximus': back(20, 230),
  'gluteus-medius': back(32, 206),
  'gluteus-minimus': back(38, 215),
  piriformis: back(20, 219),
  gemellus: back(28, 229),
  'obturator-internus': back(26, 225),
  'obturator-externus': front(15, 241),
  'tensor-fasciae-latae': front(42, 224),
  sartorius: front(33, 251),
  'rectus-femoris': front(25, 278),
  'vastus-lateralis': front(37, 294),
  'vastus-medialis': front(15, 316),
  'adductor-longus': front(13, 260),
  'adductor-magnus': back(10, 270),
  gracilis: front(9, 287),
  'biceps-femoris': back(31, 298),
  semitendinosus: back(18, 302),
  semimembranosus: back(14, 316),
  'posterior-thigh-muscle': back(24, 282),
  'tibialis-anterior': front(25, 370),
  'tibialis-posterior': back(18, 388),
  'fibularis-longus': front(34, 374),
  gastrocnemius: back(23, 365),
  soleus: back(22, 397),
  popliteus: back(22, 346),
  'flexor-hallucis-longus': back(23, 415),
  'adductor-hallucis': front(20, 462),
  'abductor-digiti-minimi-foot': front(32, 464),
  'lower-leg-muscle': front(24, 396),
  'lower-limb-muscle': front(26, 305),
};
const REGIONS = {
  'cervical-spine': unpaired(spine(9.5, 'c1', 'c8')),
  'thoracic-spine': unpaired(spine(9.5, 't1', 't12')),
  'lumbar-spine': unpaired(spine(9.5, 'l1', 'l5')),
  'sacral-spine': unpaired(spine(9.5, 's1', 's5')),
  'cervicothoracic-spine': unpaired(spine(9.5, 'c6', 't1')),
  'thoracolumbar-spine': unpaired(spine(9.5, 't10', 'l2')),
  'lumbosacral-spine': unpaired(spine(9.5, 'l4', 's2')),
  head: unpaired(front(11, 18)),
  face: unpaired(front(10, 44)),
  jaw: unpaired(front(13, 62)),
  neck: unpaired(front(9, 80)),
  shoulder: front(50, 104),
  'upper-arm': front(55, 142),
  forearm: front(65, 196),
  'upper-limb': front(57, 128),
  elbow: front(60, 167),
  wrist: front(74, 226),
  hand: front(79, 245),
  finger: front(80, 270),
  back: unpaired(back(15, 150)),
  'lumbar-region': unpaired(back(13, 190)),
  thorax: unpaired(front(18, 124)),
  'chest-wall': unpaired(front(30, 145)),
  pelvis: unpaired(front(20, 222)),
  'sacroiliac-joint': back(10, 209),
  buttock: back(22, 230),
  hip: front(42, 232),
  thigh: front(25, 282),
  knee: front(24, 338),
  'lower-leg': front(24, 385),
  calf: back(23, 375),
  ankle: front(20, 446),
  foot: front(24, 459),
  toe: front(24, 468),
  'lower-limb': front(26, 305),
  temple: front(19, 31),
};

const POSITIONS: Readonly<Record<PositionedCode, BodyPosition>> = {
  ...{ ...HEAD_AND_NECK, ...TRUNK, ...UPPER_LIMB, ...LOWER_LIMB, ...REGIONS },
};

/** The position of a muscle or region; undefined for `other` and unknown codes. */
export function bodyPositionOf(code: string): BodyPosition | undefined {
  return Object.hasOwn(POSITIONS, code) ? POSITIONS[code as PositionedCode] : undefined;
}
