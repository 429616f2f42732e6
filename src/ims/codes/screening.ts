// Code sets of the screening items.
import { codeSet } from './code-set.ts';

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

export const surgeryRelations = codeSet('surgery-relation', 'Site relative to the surgical area', [
  'direct',
  'adjacent-connected',
  'remote',
  'relation-unknown',
]);

/** Screening items of the list in source S4 that are covered by its "good to go". */
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

export const skinKinds = codeSet('skin-kind', 'Kind of skin condition', [
  'open-wound',
  'skin-lesion',
  'eczema',
  'psoriasis',
  'other',
]);

export const infectionExtents = codeSet('infection-extent', 'Extent of an infection', [
  'infection-local',
  'infection-systemic',
  'unknown',
]);

export const bleedingKinds = codeSet('bleeding-kind', 'Kind of bleeding disorder', [
  'haemophilia',
  'coagulation-disorder',
  'thrombocytopenia',
  'other',
]);

export const drugKinds = codeSet('blood-thinner', 'Kind of blood thinner', [
  'anticoagulant',
  'antiplatelet',
  'other',
]);

export const immuneKinds = codeSet('immune-kind', 'Kind of immune condition', [
  'immunocompromised',
  'immunosuppressed',
  'hiv',
  'hepatitis-b',
  'hepatitis-c',
  'other',
]);

export const vesselKinds = codeSet('vessel-kind', 'Kind of vascular disease', [
  'varicose-veins',
  'other',
]);

export const frailties = codeSet('frailty-kind', 'Kind of frailty', ['frail', 'chronic-fatigue']);

export const allergens = codeSet('allergen', 'Substance', [
  'nickel',
  'chromium',
  'metal',
  'silicone',
  'other',
]);

export const jointKinds = codeSet('joint-kind', 'Prosthesis or surgery of a joint', [
  'joint-prosthesis',
  'joint-surgery',
]);

export const implantKinds = codeSet('implant-kind', 'Kind of implant', [
  'breast-implant',
  'implant-other',
]);

export const valveKinds = codeSet('valve-kind', 'Valve disease or prosthesis', [
  'valve-disease',
  'valve-prosthesis',
]);

export const cardiacKinds = codeSet('cardiac-kind', 'Kind of heart condition', [
  'angina',
  'arrhythmia',
  'heart-failure',
  'cardiac-surgery',
]);

export const chestRisks = codeSet('chest-risk', 'Chest condition that raises the risk', [
  'emphysema',
  'scoliosis',
  'thin-body',
  'smoker',
  'other',
]);

export const unfitKinds = codeSet('unfit-kind', 'Unfit today', [
  'intoxicated',
  'not-eaten',
  'syncope-history',
]);

export const activeImplants = codeSet('active-implant', 'Kind of active implant', [
  'neurostimulator',
  'medication-pump',
  'other',
]);

export const highRiskAnatomy = codeSet('high-risk-anatomy', 'Vital structure within reach', [
  'lung-apex',
  'kidney',
  'spinal-canal',
  'vessel',
  'nerve',
  'other',
]);

export const currentPaths = codeSet('current-path', 'Region that the current would cross', [
  'path-heart-chest',
  'path-brain',
  'path-anterior-neck',
  'path-eyes',
]);

const numbered = [
  ...['01', '02', '03', '04', '05', '06', '07', '08'],
  ...['20', '21', '22', '23', '24', '25', '26', '27', '28', '29'],
  ...['30', '31', '32', '33', '34', '36', '37', '38', '39'],
  ...['40', '41', '42', '43', '44', '45', '47'],
  ...['60', '61', '62', '64', '65'],
] as const;

/** The screening items that have a question. */
export const screenedItems = codeSet(
  'screened-item',
  'Screening item',
  numbered.map((number) => `screen-c${number}` as const),
);
