import { at, expectViolations, type Row, visit } from '../visits.ts';

const rows: readonly Row[] = [
  [
    'rule-9',
    'the target is not a listed muscle',
    visit(at({ muscle: 'other', text: 'scar' })),
    ['/session/sites/0/muscle'],
  ],
  ['rule-9', 'the target is a muscle', visit(), []],
  [
    'rule-9',
    'the target is in words alone',
    visit(at({ muscle: undefined, asWritten: { muscle: 'soleus' } })),
    [],
  ],
  ['rule-17', 'a site has no side', visit(at({ side: undefined })), ['/session/sites/0/side']],
  ['rule-17', 'a site has a side', visit(), []],
  [
    'rule-17',
    'the side is in words alone',
    visit(at({ side: undefined, asWritten: { side: 'bilateral' } })),
    [],
  ],
  [
    'rule-17',
    'the side has a reason for its absence',
    visit(at({ side: undefined, absent: { side: 'unknown' } })),
    [],
  ],
  [
    'rule-6',
    'a muscle over the thorax was needled',
    visit(at({ muscle: 'rhomboids' })),
    ['/session/warnings'],
  ],
  [
    'rule-6',
    'the thoracic spine was needled',
    visit(at({ muscle: 'multifidus', segments: ['segment-t4'] })),
    ['/session/warnings'],
  ],
  [
    'rule-6',
    'the lumbar spine was needled',
    visit(at({ muscle: 'multifidus', segments: ['segment-l4'] })),
    [],
  ],
  [
    'rule-6',
    'the session records a warning',
    visit({ ...at({ muscle: 'rhomboids' }), warnings: ['warn-pneumothorax'] }),
    [],
  ],
  [
    'rule-6',
    'the assessment records a warning',
    visit(at({ muscle: 'rhomboids' }), { assessment: { warnings: ['warn-pneumothorax'] } }),
    [],
  ],
  ['rule-6', 'no site is over the thorax', visit(), []],
  [
    'rule-14',
    'a substance was injected',
    visit({ substanceInjected: 'yes' }),
    ['/session/substanceInjected'],
  ],
  ['rule-14', 'nothing was injected', visit({ substanceInjected: 'no' }), []],
];

expectViolations(rows);
