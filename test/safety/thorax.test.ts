import { at, type Row, tellsEach, visit } from './visits.ts';

const rows: Row[] = [
  ['rule-6', 'over the thorax', visit(at({ muscle: 'rhomboids' })), ['/session/warnings']],
  [
    'rule-6',
    'along the thoracic spine',
    visit(at({ muscle: 'multifidus', segments: ['segment-t4'] })),
    ['/session/warnings'],
  ],
  [
    'rule-6',
    'along the lumbar spine',
    visit(at({ muscle: 'multifidus', segments: ['segment-l4'] })),
    [],
  ],
  [
    'rule-6',
    'warned',
    visit({ ...at({ muscle: 'rhomboids' }), warnings: ['warn-pneumothorax'] }),
    [],
  ],
  [
    'rule-6',
    'warned at the visit',
    visit(at({ muscle: 'rhomboids' }), { assessment: { warnings: ['warn-pneumothorax'] } }),
    [],
  ],
  ['rule-6', 'elsewhere', visit(), []],
];

tellsEach(rows);
