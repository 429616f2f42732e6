// Table of the screening items for which "yes" always has the same class. Items whose class depends on
// their details are in detail-items.ts.
import {
  type ClassByScope,
  type ItemName,
  itemRule,
  type ScreeningRule,
  scopesOf,
} from './item-rule.ts';

interface Row {
  readonly item: string;
  readonly member: ItemName;
  /** The class of a "yes" by scope; findings are in the order of these scopes. */
  readonly yes: ClassByScope;
  readonly source: string;
}

const wholePatient: readonly Row[] = [
  {
    item: 'C20',
    member: 'refusal',
    yes: { session: 'absolute' },
    source:
      'physioman.in list and ictmjc.com risk page: absolute; consent may be withdrawn at any time',
  },
  {
    item: 'C21',
    member: 'communication',
    yes: { session: 'absolute' },
    source:
      'physioman.in list: absolute; the myotherapyandmassage.com.au list has it as a precaution',
  },
  {
    item: 'C22',
    member: 'emergency',
    yes: { session: 'absolute' },
    source: 'physioman.in list: absolute, refer',
  },
  {
    item: 'C28',
    member: 'bruising',
    yes: { session: 'ask' },
    source: 'course screening list, jotform 210343599959066; undivided there',
  },
  {
    item: 'C30',
    member: 'diabetes',
    yes: { session: 'relative' },
    source:
      'physioman.in list, anna.physio, South African board notice 121; unstable in the jotform list',
  },
  {
    item: 'C33',
    member: 'frailty',
    yes: { session: 'relative' },
    source: 'physioman.in and jotform lists: a lower dose',
  },
  {
    item: 'C34',
    member: 'psychological',
    yes: { session: 'relative' },
    source: 'physioman.in list, gsbvk.com, ictmjc.com',
  },
  {
    item: 'C36',
    member: 'allergy',
    yes: { session: 'relative' },
    source: 'jotform list, anna.physio, gsbvk.com, dryneedlingleeuwarden.nl: alloy and coating',
  },
  {
    item: 'C40',
    member: 'heart',
    yes: { session: 'ask' },
    source: 'course screening list, jotform 210343599959066; undivided there',
  },
  {
    item: 'C41',
    member: 'radiotherapy',
    yes: { session: 'ask' },
    source: 'course screening list, jotform 210343599959066; Enraf-Nonius: 6 months for current',
  },
  {
    item: 'C42',
    member: 'neuropathy',
    yes: { session: 'ask' },
    source: 'course screening list, jotform 210343599959066; undivided there',
  },
  {
    item: 'C43',
    member: 'priorReaction',
    yes: { session: 'ask' },
    source: 'course screening list, jotform 210343599959066; South African board notice: absolute',
  },
  {
    item: 'C47',
    member: 'unfit',
    yes: { session: 'ask' },
    source: 'our reading: no source seen',
  },
];

const partOfBody: readonly Row[] = [
  {
    item: 'C24',
    member: 'skin',
    yes: { site: 'absolute' },
    source: 'myotherapyandmassage.com.au, gsbvk.com and jotform lists: another site',
  },
  {
    item: 'C31',
    member: 'vascular',
    yes: { site: 'relative' },
    source: 'physioman.in and jotform lists, South African board notice 121: avoid the site',
  },
  {
    item: 'C37',
    member: 'joint',
    yes: { site: 'relative' },
    source:
      'a clinic consent form (surveymonkey LQP2NNH), ictmjc.com, PMID 26786794: avoid on or near',
  },
  {
    item: 'C38',
    member: 'implant',
    yes: { site: 'ask' },
    source: 'a clinic consent form (surveymonkey LQP2NNH), ictmjc.com, jotform list: avoid around',
  },
  {
    item: 'C44',
    member: 'bone',
    yes: { site: 'ask' },
    source: 'ictmjc.com dry-needling risks',
  },
  {
    item: 'C45',
    member: 'chest',
    yes: { site: 'relative' },
    source: 'doctorabel.us, Alberta physiotherapy college, HQCA 2014: depth and angle',
  },
];

const electrical: readonly Row[] = [
  {
    item: 'C60',
    member: 'pacemaker',
    yes: { current: 'absolute', session: 'ask' },
    source:
      'Cummings 2011 (BMJ Acupunct Med 29:83): absolute for current, by hand generally allowed; other lists do not limit it to current',
  },
  {
    item: 'C61',
    member: 'defibrillator',
    yes: { current: 'absolute' },
    source: 'Cummings 2011 (BMJ Acupunct Med 29:83)',
  },
  {
    item: 'C62',
    member: 'activeImplant',
    yes: { current: 'absolute' },
    source: 'Enraf-Nonius NMES instructions: absolute; Sierpina 2005: avoid the region',
  },
  {
    item: 'C64',
    member: 'metal',
    yes: { current: 'relative' },
    source:
      'acupuntura.com electro-acupuncture table: electrodes away; Enraf-Nonius: no known harm near metal',
  },
  {
    item: 'C65',
    member: 'thrombosis',
    yes: { current: 'absolute', site: 'ask' },
    source: 'Enraf-Nonius NMES instructions, for current; needling by hand is our reading',
  },
];

/** The rules of all items in this file. */
export const fixedClassItems: readonly ScreeningRule[] = [
  ...wholePatient,
  ...partOfBody,
  ...electrical,
].map(({ yes, ...row }) => itemRule({ ...row, scopes: scopesOf(yes), whenYes: () => yes }));
