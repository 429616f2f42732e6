// The contraindication screening before needling: answers, never booleans, with the details that a
// decision requires. Class, scope and earliest date are derived in safety/, never stored.

import {
  boneControls,
  boneForms,
  boneSeverities,
  cancerStatuses,
  controls,
  decisions,
  pregnancyStatuses,
  s4Items,
  screenedItems,
  severities,
  surgeryRelations,
  understandingCauses,
  understandings,
} from '../codes/screening.ts';
import {
  code,
  codes,
  date,
  group,
  id,
  instant,
  key,
  keyOf,
  list,
  required,
  requiredOrAsWritten,
  text,
} from './build.ts';
import { guidelineItems } from './guideline-items.ts';
import type { ValueOf } from './members.ts';
import { answer, site } from './parts.ts';
import { item } from './screening-item.ts';

const surgery = group('Operation', {
  key: required(key('Key')),
  procedure: text('Operation'),
  site: site('Where'),
  date: date('Date of the operation'),
  relations: list(
    'Sites relative to the surgical area',
    group('Site', {
      siteKey: required(keyOf('Site')),
      relation: requiredOrAsWritten(code('Relation', surgeryRelations)),
    }),
    { by: 'siteKey' },
  ),
  decision: code('Decision', decisions),
});

/** The contraindication screening of a visit. */
export const screening = group('Contraindication screening', {
  cancer: item('C01', 'Cancer, now or ever', { status: code('Status', cancerStatuses) }),
  needleFear: item('C02', 'Fear of needles', { severity: code('Severity', severities) }),
  understanding: item('C03', 'Limited understanding', {
    understandsWhatAndWhy: code('Understands what happens and why', understandings),
    checkedBy: text('How it was checked'),
    cause: codes('Cause', understandingCauses),
  }),
  pregnancy: item('C04', 'Pregnancy', {
    status: code('Status', pregnancyStatuses),
    dueDate: date('Due date'),
  }),
  autoimmune: item('C05', 'Autoimmune condition', {
    condition: text('Condition'),
    control: code('Control', controls),
  }),
  boneLoss: item('C06', 'Osteoporosis or osteopenia', {
    form: code('Form', boneForms),
    severity: code('Severity', boneSeverities),
    control: code('Control', boneControls),
  }),
  surgeryDirect: item('C07', 'Surgery directly at a site', {}),
  surgeryAdjacent: item('C08', 'Surgery in an adjacent, connected area', {}),
  surgeries: group('Operations', {
    surgery: answer('Any surgery'),
    surgeries: list('Operations', surgery),
  }),
  ...guidelineItems,
  reaffirmed: group(
    'Screening reaffirmed',
    {
      earlier: required(id('Earlier record')),
      items: codes('Items reaffirmed', screenedItems),
      changed: codes('Items answered again', screenedItems),
      reaffirmedAt: instant('Reaffirmed at'),
    },
    { id: 'C66' },
  ),
  s4List: group(
    'Statement on the contraindication list',
    { statement: text('Statement in the chart'), about: codes('Items covered', s4Items) },
    { id: 'C09' },
  ),
});

export type Screening = ValueOf<typeof screening>;
