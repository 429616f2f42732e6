// Screening items in which the details of a "yes" decide the class of its findings. Items whose "yes"
// always has the same class are in fixed-class-items.ts.
import { defined } from '../../defined.ts';
import { itemRule, type ScreeningRule } from './item-rule.ts';

/** C01: active cancer is an absolute contraindication; most, not all, survivors can be treated. */
const cancer = itemRule({
  item: 'C01',
  member: 'cancer',
  scopes: ['session'],
  source: 'BC clinic IMS page, contraindication list',
  whenYes: ({ status }) => {
    if (status === 'cancer-active') return { session: 'absolute' };
    if (status === 'cancer-survivor') return { session: 'relative' };
    return { session: 'ask' };
  },
});

/** C02: only a severe fear of needles is a contraindication. */
const needleFear = itemRule({
  item: 'C02',
  member: 'needleFear',
  scopes: ['session'],
  source: 'BC clinic IMS page, contraindication list (severe fear only)',
  whenYes: ({ severity }) => {
    if (severity === 'severe') return { session: 'absolute' };
    if (severity === 'mild' || severity === 'moderate') return {};
    return { session: 'ask' };
  },
});

/** C03: a patient who does not understand what is done and why is not needled. */
const understanding = itemRule({
  item: 'C03',
  member: 'understanding',
  scopes: ['session'],
  source:
    'BC clinic IMS page, contraindication list; its FAQ is wider, the classes are our reading',
  whenYes: ({ understandsWhatAndWhy }) => {
    if (understandsWhatAndWhy === 'no') return { session: 'absolute' };
    if (understandsWhatAndWhy === 'yes') return { session: 'relative' };
    return { session: 'ask' };
  },
});

/** C04: no needling during pregnancy. A "yes" means pregnant unless its status contradicts it. */
const pregnancy = itemRule({
  item: 'C04',
  member: 'pregnancy',
  scopes: ['session'],
  source: 'BC clinic IMS page, contraindication list (clinic policy)',
  whenYes: ({ status }) => {
    const isOpen = status === 'possible-pregnancy' || status === 'not-pregnant';
    return { session: isOpen ? 'ask' : 'absolute' };
  },
});

/** C05: an autoimmune condition is a contraindication only while it is not controlled. */
const autoimmune = itemRule({
  item: 'C05',
  member: 'autoimmune',
  scopes: ['session'],
  source: 'BC clinic IMS page, contraindication list',
  whenYes: ({ control }) => {
    if (control === 'uncontrolled') return { session: 'absolute' };
    if (control === 'well-controlled') return {};
    return { session: 'ask' };
  },
});

/** C06: very severe or poorly controlled bone loss is relative; a mild or moderate form gives no finding. */
const boneLoss = itemRule({
  item: 'C06',
  member: 'boneLoss',
  scopes: ['session'],
  source:
    'BC clinic IMS page, contraindication list; silent on "severe", poor control outweighing a mild form is our reading',
  whenYes: ({ severity, control }) => {
    if (severity === 'very-severe' || control === 'poorly-controlled') {
      return { session: 'relative' };
    }
    if (severity === 'mild' || severity === 'moderate') return {};
    return { session: 'ask' };
  },
});

/** C23: the limb or area is not needled; removed lymph nodes without swelling need a decision. */
const lymphoedema = itemRule({
  item: 'C23',
  member: 'lymphoedema',
  scopes: ['site'],
  source:
    'physioman.in list, South African board notice 121: absolute there; dryneedlingleeuwarden.nl: node removal case by case',
  whenYes: ({ swelling }) => ({ site: swelling === 'no' ? 'ask' : 'absolute' }),
});

/** C25: a local infection excludes its site; with fever, or if not known to be local, the whole session. */
const infection = itemRule({
  item: 'C25',
  member: 'infection',
  scopes: ['session', 'site'],
  source:
    'myotherapyandmassage.com.au, ictmjc.com; what its extent and the fever mean is our reading',
  whenYes: ({ extent, fever }) => {
    const isLocal = extent === 'infection-local';
    const site = isLocal ? ({ site: 'absolute' } as const) : {};
    if (!isLocal || fever === 'yes') return { session: 'absolute', ...site };
    const isWithoutFever = fever === 'no' || fever === 'not-applicable';
    return isWithoutFever ? site : { session: 'ask', ...site };
  },
});

/** C26: a bleeding disorder is a precaution; haemophilia is an absolute contraindication. */
const bleeding = itemRule({
  item: 'C26',
  member: 'bleeding',
  scopes: ['session'],
  source: 'physioman.in list, gsbvk.com: relative; doctorabel.us: never with haemophilia',
  whenYes: ({ kind }) => ({ session: kind === 'haemophilia' ? 'absolute' : 'relative' }),
});

/** C27: blood thinners are a precaution; a site where pressure cannot stop a bleeding is excluded. */
const anticoagulation = itemRule({
  item: 'C27',
  member: 'anticoagulation',
  scopes: ['session', 'site'],
  source:
    'Muñoz 2022 (PMC8759918): weigh technique and risk; South African board notice 121: not where pressure cannot stop a bleeding',
  // An absent list can mean that there are no such sites; only a stated reason for absence is unknown.
  whenYes: ({ notCompressible = [], absent }) => {
    const reason = absent?.notCompressible;
    const isOpen = reason !== undefined && reason !== 'not-applicable';
    if (notCompressible.length > 0) return { session: 'relative', site: 'absolute' };
    return { session: 'relative', ...defined({ site: isOpen ? ('ask' as const) : undefined }) };
  },
  siteKeys: ({ notCompressible, appliesTo }) => notCompressible ?? appliesTo,
});

/** C29: immune compromise and blood-borne infection, each with its own answer, are precautions. */
const immunity = itemRule({
  item: 'C29',
  member: 'immunity',
  scopes: ['session'],
  source:
    'physioman.in and jotform lists, anna.physio, South African board notice 121; the two halves are ours',
  subAnswers: ({ immune, bloodBorne }) => [immune, bloodBorne],
  whenYes: () => ({ session: 'relative' }),
});

/** C32: epilepsy is a precaution; if it is uncontrolled, electrical stimulation is excluded. */
const epilepsy = itemRule({
  item: 'C32',
  member: 'epilepsy',
  scopes: ['session', 'current'],
  source: 'physioman.in and jotform lists; acupuntura.com electro-acupuncture table for current',
  whenYes: ({ control }) => {
    if (control === 'well-controlled') return { session: 'relative' };
    return { session: 'relative', current: control === 'uncontrolled' ? 'absolute' : 'ask' };
  },
});

/** C39: a heart valve needs a decision; a new one is an absolute contraindication. */
const heartValve = itemRule({
  item: 'C39',
  member: 'heartValve',
  scopes: ['session'],
  source:
    'jotform list, South African board notice 121; dryneedlingleeuwarden.nl: never with a new valve, "new" left open there',
  whenYes: (details) => ({ session: details.new === 'yes' ? 'absolute' : 'ask' }),
});

/** The rules of all items in this file. */
export const detailItems: readonly ScreeningRule[] = [
  cancer,
  needleFear,
  understanding,
  pregnancy,
  autoimmune,
  boneLoss,
  lymphoedema,
  infection,
  bleeding,
  anticoagulation,
  immunity,
  epilepsy,
  heartValve,
];
