// Short codes of the screening items.
import { codeSet } from './members.ts';

export const cancerStatuses = codeSet('cancer-status', 'Cancer status', [
  'cancer-active',
  'cancer-survivor',
  'unknown',
]);

export const severities = codeSet('severity', 'Severity', [
  'mild',
  'moderate',
  'severe',
  'unknown',
]);

export const boneSeverities = codeSet('bone-severity', 'Severity of bone loss', [
  'mild',
  'moderate',
  'severe',
  'very-severe',
  'unknown',
]);

export const understandings = codeSet('understanding', 'Understands what happens and why', [
  'yes',
  'no',
  'unknown',
]);

export const understandingCauses = codeSet('understanding-cause', 'Why understanding is limited', [
  'dementia',
  'too-young',
  'other',
]);

export const pregnancyStatuses = codeSet('pregnancy-status', 'Pregnancy status', [
  'pregnant',
  'possible-pregnancy',
  'not-pregnant',
  'unknown',
]);

export const controls = codeSet('disease-control', 'Control of a disease', [
  'well-controlled',
  'uncontrolled',
  'unknown',
]);

export const boneControls = codeSet('bone-control', 'Control of bone loss', [
  'well-controlled',
  'poorly-controlled',
  'unknown',
]);

export const boneForms = codeSet('bone-form', 'Form of bone loss', [
  'osteoporosis',
  'osteopenia',
  'unknown',
]);

export const decisions = codeSet('decision', 'Decision on a finding', [
  'proceed',
  'modify',
  'defer',
  'exclude',
]);

export const surgeryRelations = codeSet('surgery-relation', 'Site against the surgical area', [
  'direct',
  'adjacent-connected',
  'remote',
  'relation-unknown',
]);

/** Screening items of the list in source S4, by which its "good to go" is said. */
export const s4Items = codeSet('s4-item', 'Item of the contraindication list', [
  'screen-c01',
  'screen-c02',
  'screen-c03',
  'screen-c04',
  'screen-c05',
  'screen-c06',
  'screen-c07',
  'screen-c08',
]);
