import { describe, expect, test } from 'vitest';
import { noticeWish, OPT_OUT_WORDS } from '../../src/conversation/opt-out.ts';
import { toParserState } from '../../src/conversation/parser-state.ts';
import { initialState } from '../../src/conversation/state.ts';
import { parse } from '../../src/parser/index.ts';
import { DEFAULT_POLICIES, NOTICE_KINDS } from '../../src/shared/policies.ts';
import { chat } from './chat.ts';
import { earlierOrder, factsFor } from './shop.ts';

describe('STOP', () => {
  test('is a message of its own, in any of the languages and however it is typed', () => {
    for (const word of ['STOP', ' stop. ', 'Stop!', 'बंद करो', 'stop karo', 'PARAR', 'baja', 'Sair']) {
      expect(noticeWish(word), word).toBe('stop');
    }
    for (const word of ['توقف', 'sitisha', 'ARRÊT', 'arret', 'Berhenti', 'unsubscribe']) {
      expect(noticeWish(word), word).toBe('stop');
    }
    for (const said of ['stop 2 coke', 'stop the coke', 'please stop', 'nonstop', 'acha', 'lanjut', '']) {
      expect(noticeWish(said), said).toBeNull();
    }
  });

  test('is never a word that confirms an order in some language', () => {
    const facts = factsFor();
    const state = toParserState(initialState(), facts);
    for (const word of [...OPT_OUT_WORDS.stop, ...OPT_OUT_WORDS.start]) {
      for (const language of ['en', 'hi', 'hi-Latn', 'es', 'pt', 'ar', 'sw', 'fr', 'id']) {
        const { intent } = parse(word, {
          index: facts.catalogue.index,
          state: { ...state, pending: { kind: 'confirm_order' } },
          language,
        });
        expect(intent, `${word} in ${language}`).not.toBe('confirm');
      }
    }
  });

  test.each<[string, string[], RegExp]>([
    ['nothing is open', [], /START/],
    ['an order waits to be confirmed', ['10 case coke 500'], /Shall I place it/],
    ['a question is open', ['5 sugar'], /Which one/],
    ['a cancellation is asked about', ['cancel'], /cancel.*1042/i],
  ])('while %s is obeyed, and what was open is asked again', (_what, before, asked) => {
    const shop = chat({ orders: [earlierOrder(1042)] });
    for (const line of before) shop.says(line);
    const pending = shop.state().pending;
    shop.says('STOP');
    expect(shop.text()).toMatch(/no more reminders/);
    expect(shop.text()).toMatch(asked);
    expect(shop.step()?.wish).toBe('stop');
    expect(shop.state().pending?.kind).toEqual(pending?.kind);
  });

  test.each(['parar', 'Sair', 'arrêter', 'बंद करो', 'stop karo', 'توقف', 'sitisha', 'berhenti'])(
    'in a word that may mean the order cancels the order that is asked about: %s',
    (word) => {
      const shop = chat().says('10 case coke 500').says(word);
      shop.hearsMessages(1);
      expect(shop.step()?.wish).toBeUndefined();
      expect(shop.state()).toMatchObject({ cart: [], pending: null });
      // With nothing open it is about reminders.
      expect(shop.says(word).step()?.wish).toBe('stop');
    },
  );

  test('in such a word drops the order of a question, and is about reminders when a reminder is answered', () => {
    const asked = chat().says('5 sugar').says('parar');
    expect(asked.state()).toMatchObject({ cart: [], pending: null });
    const debts = [{ leftMinor: 500_000n, dueOn: '2026-11-24' }];
    const notices = { ...DEFAULT_POLICIES.notices, send: [...NOTICE_KINDS] };
    const shop = chat({ debts, policies: { notices } }).says('10 case coke 500');
    shop.sends({ kind: 'notice', retailerId: 'asha', notice: { kind: 'payment_due_soon' } });
    expect(shop.answers(shop.replies(), 'parar').step()?.wish).toBe('stop');
    expect(shop.state().cart).toHaveLength(1);
    // A proposal that nobody answered in time is not asked about any more.
    expect(chat().says('10 case coke 500').later(61).says('parar').step()?.wish).toBe('stop');
  });

  test('to somebody who talks with staff is confirmed, and nothing else is said', () => {
    const shop = chat({ withStaff: true });
    shop.says('stop');
    expect(shop.text()).toMatch(/^Done: you get no more reminders/);
  });
});

describe('START', () => {
  test('takes a STOP back, and is an ordinary word to everybody else', () => {
    const stopped = chat({ hasStopped: true });
    stopped.says('START');
    expect(stopped.text()).toMatch(/again/);
    expect(stopped.step()?.wish).toBe('start');
    const other = chat();
    other.says('start');
    expect(other.step()?.wish).toBeUndefined();
  });
});
