import { AT, at, count, event, expectViolations, type Row, visit } from '../visits.ts';

const rows: readonly Row[] = [
  [
    'rule-3',
    'a needle is missing',
    visit({ counts: [count({ opened: 5, recovered: 4 })] }),
    ['/session/counts/0/recovered'],
  ],
  [
    'rule-3',
    'a withdrawal is missing',
    visit({ counts: [count({ insertions: 5, withdrawals: 4 })] }),
    ['/session/counts/0/withdrawals'],
  ],
  [
    'rule-3',
    'all needles are recovered',
    visit({ counts: [count({ opened: 5, recovered: 5, insertions: 9, withdrawals: 9 })] }),
    [],
  ],
  [
    'rule-3',
    'only an earlier count differs',
    visit({
      counts: [
        count({ at: '2026-05-20T10:30:00-07:00', opened: 2, recovered: 2 }, 'a1'),
        count({ at: AT, opened: 2, recovered: 1 }, 'b1'),
      ],
    }),
    [],
  ],
  [
    'rule-3',
    'an event reports a retained needle',
    visit(
      { counts: [count({ opened: 5, recovered: 4 })] },
      { events: [event({ code: 'needle-retained' })] },
    ),
    [],
  ],
  [
    'rule-3',
    'a retained needle is ruled out',
    visit(
      { counts: [count({ opened: 5, recovered: 4 })] },
      { events: [event({ code: 'needle-retained', verification: 'ruled-out' })] },
    ),
    ['/session/counts/0/recovered'],
  ],
  [
    'rule-3',
    'a range includes the other number',
    visit({ counts: [count({ opened: { low: 4, high: 6 }, recovered: 5 })] }),
    [],
  ],
  [
    'rule-3-sum',
    'the sites have another sum',
    visit({ ...at({ insertions: { insertions: 3 } }), counts: [count({ insertions: 4 })] }),
    ['/session/counts/0/insertions'],
  ],
  [
    'rule-3-sum',
    'the sites have the same sum',
    visit({ ...at({ insertions: { insertions: 4 } }), counts: [count({ insertions: 4 })] }),
    [],
  ],
  ['rule-3-sum', 'a site states no number', visit({ counts: [count({ insertions: 4 })] }), []],
  [
    'rule-17',
    'the depth is greater than the needle is long',
    visit(at({ depth: { depthMm: 60 }, needles: [{ lengthMm: 50 }] })),
    ['/session/sites/0/depth/depthMm'],
  ],
  [
    'rule-17',
    'the depth equals the length of the needle',
    visit(at({ depth: { depthMm: 50 }, needles: [{ lengthMm: 50 }] })),
    [],
  ],
  [
    'rule-17',
    'one needle has no known length',
    visit(at({ depth: { depthMm: 60 }, needles: [{ lengthMm: 50 }, { count: 1 }] })),
    [],
  ],
  [
    'rule-17',
    'needles were inserted but none opened',
    visit({ counts: [count({ opened: 0, insertions: 2 })] }),
    ['/session/counts/0/opened'],
  ],
  [
    'rule-17',
    'a needle was opened and inserted twice',
    visit({ counts: [count({ opened: 1, insertions: 2 })] }),
    [],
  ],
];

expectViolations(rows);
