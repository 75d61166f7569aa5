import { expect, test } from 'vitest';
import { readBarePeriod, readPeriod } from '../../src/conversation/read-period.ts';

const TODAY = '2026-12-01';

test.each([
  ['statement', '2026-11-01', '2026-12-02'],
  ['statement for october', '2026-10-01', '2026-11-01'],
  ['statement for october 2025', '2025-10-01', '2025-11-01'],
  ['statement for december', '2026-12-01', '2026-12-02'],
  ['statement last month', '2026-11-01', '2026-12-01'],
  ['statement this month', '2026-12-01', '2026-12-02'],
  ['statement september to october', '2026-09-01', '2026-11-01'],
  ['statement from 1 oct to 15 oct', '2026-10-01', '2026-10-16'],
  ['statement 15.10.2026 - 01.10.2026', '2026-10-01', '2026-10-16'],
  ['statement 2026-10-03 to 2026-10-04', '2026-10-03', '2026-10-05'],
  ['statement since 20 november', '2026-11-20', '2026-12-02'],
  ['statement of Nov 20', '2026-11-20', '2026-12-02'],
  ['statement last week', '2026-11-24', '2026-12-02'],
  ['statement for last year', '2025-01-01', '2026-01-01'],
  ['extrato de outubro', '2026-10-01', '2026-11-01'],
  ['extrato do mês passado', '2026-11-01', '2026-12-01'],
  ['estado de cuenta de octubre', '2026-10-01', '2026-11-01'],
  ['pichhle mahine ka statement', '2026-11-01', '2026-12-01'],
  ['पिछले महीने का स्टेटमेंट', '2026-11-01', '2026-12-01'],
  ['अक्टूबर का स्टेटमेंट', '2026-10-01', '2026-11-01'],
  ['كشف حساب أكتوبر', '2026-10-01', '2026-11-01'],
  ['كشف حساب الشهر الماضي', '2026-11-01', '2026-12-01'],
  ['taarifa ya oktoba', '2026-10-01', '2026-11-01'],
  ['taarifa ya mwezi uliopita', '2026-11-01', '2026-12-01'],
  ['relevé du mois dernier', '2026-11-01', '2026-12-01'],
  ['relevé d’août', '2026-08-01', '2026-09-01'],
  ['laporan bulan lalu', '2026-11-01', '2026-12-01'],
  ['laporan oktober', '2026-10-01', '2026-11-01'],
  // Neither what is to come nor more than a statement holds.
  ['statement for 2027-03-01', '2026-12-01', '2026-12-02'],
  ['statement from 2001-01-01 to 2026-10-01', '2025-08-28', '2026-10-02'],
  ['statement for 31 february', '2026-02-01', '2026-03-01'],
])('%j', (body, from, to) => {
  expect(readPeriod(body, TODAY)).toEqual({ from, to });
});

test.each([
  ['last month', '2026-11-01', '2026-12-01'],
  ['Last month please', '2026-11-01', '2026-12-01'],
  ['previous month?', '2026-11-01', '2026-12-01'],
  ['this month', '2026-12-01', '2026-12-02'],
  ['last week', '2026-11-24', '2026-12-02'],
  ['last year', '2025-01-01', '2026-01-01'],
  ['pichle mahine ka', '2026-11-01', '2026-12-01'],
  ['पिछले महीने', '2026-11-01', '2026-12-01'],
  ['पिछले हफ्ते का', '2026-11-24', '2026-12-02'],
  ['el mes pasado', '2026-11-01', '2026-12-01'],
  ['la semana pasada', '2026-11-24', '2026-12-02'],
  ['mês passado', '2026-11-01', '2026-12-01'],
  ['a semana passada', '2026-11-24', '2026-12-02'],
  ['الشهر الماضي', '2026-11-01', '2026-12-01'],
  ['الأسبوع الماضي', '2026-11-24', '2026-12-02'],
  ['mwezi uliopita', '2026-11-01', '2026-12-01'],
  ['wiki iliyopita', '2026-11-24', '2026-12-02'],
  ['le mois dernier', '2026-11-01', '2026-12-01'],
  ['la semaine dernière', '2026-11-24', '2026-12-02'],
  ['bulan lalu', '2026-11-01', '2026-12-01'],
  ['minggu lalu', '2026-11-24', '2026-12-02'],
  ['from 1 oct to 15 oct', '2026-10-01', '2026-10-16'],
  ['1 oct 2026 - 15 oct 2026', '2026-10-01', '2026-10-16'],
])('%j alone is a period', (body, from, to) => {
  expect(readBarePeriod(body, TODAY, false)).toEqual({ from, to });
});

test('a month alone is one where nothing else could be made of it', () => {
  for (const body of ['october', 'Octubre?', 'october 2026', 'outubro', 'أكتوبر', 'oktoba', 'अक्टूबर']) {
    expect(readBarePeriod(body, TODAY, false), body).toBeNull();
    expect(readBarePeriod(body, TODAY, true), body).toEqual({ from: '2026-10-01', to: '2026-11-01' });
  }
});

test.each([
  'same as last week',
  'last order',
  'last',
  'month',
  'today',
  'this',
  '1/2 3/4',
  '2 mars',
  'mayo 5',
  'send it last month',
  '',
  '15 oct',
])('%j alone is none', (body) => {
  expect(readBarePeriod(body, TODAY, false)).toBeNull();
  expect(readBarePeriod(body, TODAY, true)).toBeNull();
});
