import { AT, at, count, event, type Row, tellsEach, visit } from './visits.ts';

const rows: Row[] = [
  [
    'rule-3',
    'a needle missing',
    visit({ counts: [count({ opened: 5, recovered: 4 })] }),
    ['/session/counts/0/recovered'],
  ],
  [
    'rule-3',
    'a withdrawal missing',
    visit({ counts: [count({ insertions: 5, withdrawals: 4 })] }),
    ['/session/counts/0/withdrawals'],
  ],
  [
    'rule-3',
    'all there',
    visit({ counts: [count({ opened: 5, recovered: 5, insertions: 9, withdrawals: 9 })] }),
    [],
  ],
  [
    'rule-3',
    'an earlier count',
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
    'a retained needle',
    visit(
      { counts: [count({ opened: 5, recovered: 4 })] },
      { events: [event({ code: 'needle-retained' })] },
    ),
    [],
  ],
  [
    'rule-3',
    'a retained needle ruled out',
    visit(
      { counts: [count({ opened: 5, recovered: 4 })] },
      { events: [event({ code: 'needle-retained', verification: 'ruled-out' })] },
    ),
    ['/session/counts/0/recovered'],
  ],
  [
    'rule-3',
    'a range that may be the same',
    visit({ counts: [count({ opened: { low: 4, high: 6 }, recovered: 5 })] }),
    [],
  ],
  [
    'rule-3-sum',
    'another sum',
    visit({ ...at({ insertions: { insertions: 3 } }), counts: [count({ insertions: 4 })] }),
    ['/session/counts/0/insertions'],
  ],
  [
    'rule-3-sum',
    'the same sum',
    visit({ ...at({ insertions: { insertions: 4 } }), counts: [count({ insertions: 4 })] }),
    [],
  ],
  ['rule-3-sum', 'a site that does not say', visit({ counts: [count({ insertions: 4 })] }), []],
];

tellsEach(rows);
