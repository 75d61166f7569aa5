import { describe, expect, test } from 'vitest';
import { periodText } from '../../src/conversation/dates.ts';
import { sceneOf } from '../../src/conversation/scene.ts';
import { initialState } from '../../src/conversation/state.ts';
import { LANGUAGES } from '../../src/shared/policies.ts';
import { chat } from './chat.ts';
import { earlierOrder, factsFor } from './shop.ts';

describe('a question that is not answered in time', () => {
  test('about a product lapses and says so; the clear lines are kept', () => {
    chat()
      .says('5 sugar and 2 case coke 500')
      .later(61)
      .says('balance')
      .hears('no answer about "5 sugar" in time', 'Limit 100,000.00', '1. Coca-Cola 500ml, 2 cases')
      .doesNotHear(/Which one/);
  });

  test('about the order lapses: a late yes shows it anew', () => {
    const asha = chat()
      .says('10 case coke 500')
      .later(61)
      .says('yes')
      .hears('not confirmed in time', 'Your order', '10 cases');
    expect(asha.placed()).toHaveLength(0);
    asha.says('yes').hears('Order *1042* placed');
  });

  test('a late tap shows it anew as well', () => {
    const asha = chat().says('10 case coke 500');
    const confirm = asha.idOf('Confirm');
    asha.later(120).tapsId(confirm).hears('not confirmed in time', 'Your order');
    expect(asha.placed()).toHaveLength(0);
  });

  test('a late row is not obeyed', () => {
    const asha = chat().says('5 sugar');
    const row = asha.idOf('2. Sugar 50kg');
    asha
      .later(61)
      .tapsId(row)
      .hears('no answer about "5 sugar"')
      .doesNotHear(/Your order/);
  });

  test('about a cancellation lapses: the order stays', () => {
    const asha = chat({ orders: [earlierOrder(1042)] })
      .says('cancel')
      .later(61)
      .says('yes')
      .hears('*1042*, so it stays');
    expect(asha.cancelled()).toHaveLength(0);
  });

  test('may still be answered in the last minute', () => {
    chat().says('5 sugar').later(60).says('2').hears('Sugar 50kg, 5 bags');
  });

  test('an answer that was sent in time counts after an outage of ours', () => {
    chat().says('5 sugar').later(5).afterOutageOf(300).says('2').hears('Sugar 50kg, 5 bags');
  });
});

describe('a message that is read more than an hour after it was sent', () => {
  test('is not taken as a yes', () => {
    const asha = chat()
      .says('10 case coke 500')
      .afterOutageOf(61)
      .says('yes')
      .hears('reached me late', 'Your order', '10 cases');
    expect(asha.placed()).toHaveLength(0);
  });

  test('nor is a tap', () => {
    const asha = chat()
      .says('10 case coke 500')
      .afterOutageOf(61)
      .taps('Confirm')
      .hears('reached me late', 'Your order');
    expect(asha.placed()).toHaveLength(0);
  });

  test('cancels nothing without asking again', () => {
    const asha = chat({ orders: [earlierOrder(1042)] })
      .afterOutageOf(61)
      .says('cancel order 1042');
    asha.hears('reached me late', 'Cancel order *1042*');
    expect(asha.cancelled()).toHaveLength(0);
  });

  test('still shows an order that it lists', () => {
    chat()
      .afterOutageOf(61)
      .says('10 case coke 500')
      .hears('Your order', '10 cases')
      .doesNotHear(/reached me late/);
  });

  test('an hour is not yet too long', () => {
    chat().says('10 case coke 500').afterOutageOf(60).says('yes').hears('Order *1042* placed');
  });
});

describe('a period of two months', () => {
  test.each(LANGUAGES)('names both of them in %s', (language) => {
    const scene = sceneOf(factsFor({ retailer: { id: 'asha', name: 'Asha', language } }), initialState());
    const month = (at: number): string =>
      new Intl.DateTimeFormat(scene.locale, { month: 'short', timeZone: 'UTC' }).format(Date.UTC(2026, at, 15));
    const period = periodText({ from: '2026-11-01', to: '2026-12-02' }, scene);
    expect(period).toContain(month(10));
    expect(period).toContain(month(11));
    expect(period).toContain('2026');
  });
});
