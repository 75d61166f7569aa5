import { describe, expect, test } from 'vitest';
import { namedLanguage, OWN_NAMES } from '../../src/conversation/language-names.ts';
import { textsFor } from '../../src/conversation/texts/index.ts';
import { LANGUAGES, type Language } from '../../src/shared/policies.ts';
import { type Chat, chat } from './chat.ts';

/** Which language the chat is held in now, by what it says next. */
function spoken(asha: Chat): Language | undefined {
  asha.sends({ kind: 'unreadable', what: 'location' });
  return LANGUAGES.find((one) => asha.text().includes(textsFor(one).talk.unreadable));
}

describe('the language is detected', () => {
  test.each<[Language, string]>([
    ['en', 'good morning, could you please send me 10 case coke 500'],
    ['hi', 'भाई 10 पेटी कोक भेज दो'],
    ['hi-Latn', 'bhai 10 peti coke 500 bhej do jaldi'],
    ['es', 'buenas, necesito 10 cajas de coke 500 para mañana'],
    ['pt', 'bom dia, preciso de 10 caixas de coke 500 para amanhã'],
    ['ar', 'صباح الخير اريد ١٠ كراتين كولا'],
    ['sw', 'habari, naomba katoni 10 za coke 500 tafadhali'],
    ['fr', 'bonjour, il me faut 10 cartons de coke 500 demain'],
    ['id', 'selamat pagi, tolong kirim 10 dus coke 500 ya'],
  ])('from the first clear message: %s', (language, text) => {
    const wholesalers = language === 'en' ? 'es' : 'en';
    const asha = chat().withFacts((facts) => ({
      ...facts,
      wholesaler: { ...facts.wholesaler, language: wholesalers },
    }));
    expect(spoken(asha.says(text))).toBe(language);
  });

  test.each(['10 case coke 500', '5 sugar 50kg, 2 maggi', 'coke 500', '2', '👍', '???', 'ok', 'si', 'gracias'])(
    'not from %j: it says too little, and the chat stays as it was',
    (text) => {
      for (const language of ['es', 'sw', 'hi-Latn'] as const) {
        expect(spoken(chat({ retailer: { id: 'asha', name: 'Asha', language } }).says(text))).toBe(language);
      }
    },
  );

  test('and stays: one foreign word among goods changes nothing, two messages in a row do', () => {
    const asha = chat().says('10 case coke 500 gracias');
    expect(spoken(asha)).toBe('en');
    expect(spoken(asha.says('2 maggi gracias'))).toBe('es');
    // Product-only messages and taps leave it there.
    asha.taps('Confirmar');
    expect(spoken(asha.says('3 case coke 500'))).toBe('es');
  });

  test('from the shop’s own record until somebody writes another clearly', () => {
    const asha = chat({ retailer: { id: 'asha', name: 'Asha', language: 'sw' } });
    expect(spoken(asha.says('10 case coke 500'))).toBe('sw');
    expect(spoken(asha.says('buenas, necesito 10 cajas de coke 500 para mañana'))).toBe('es');
  });

  test('for somebody unknown, too', () => {
    chat({ retailer: null, account: null })
      .says('buenas tardes, quiero hacer un pedido por favor')
      .hears('Este número todavía no está registrado');
  });

  test('as the wholesaler’s where the one that is written is not offered', () => {
    const policies = { languages: ['en', 'hi'] as Language[] };
    const asha = chat({ policies, retailer: { id: 'asha', name: 'Asha', language: 'hi' } });
    expect(spoken(asha)).toBe('hi');
    expect(spoken(asha.says('buenas, necesito 10 cajas de coke 500 para mañana'))).toBe('en');
    // Hindi in Latin letters is Hindi all the same.
    expect(spoken(asha.says('bhai 10 peti coke 500 bhej do jaldi'))).toBe('hi');
  });

  test('every reply of one message is in one language', () => {
    chat()
      .says('buenas, necesito 10 cajas de coke 500 para mañana, cuánto debo?')
      .hears('Su pedido')
      .doesNotHear(/Your order|Limit|Confirm\b/)
      .says('sí')
      .hearsExactly('Pedido *1042* hecho. 4320,00 a crédito; le quedan 75.680,00 disponibles.');
  });
});

describe('the language is chosen', () => {
  test.each<[string, Language]>([
    ['hindi please', 'hi'],
    ['hindi mein baat karo bhai', 'hi-Latn'],
    ['hinglish', 'hi-Latn'],
    ['हिंदी में लिखो', 'hi'],
    ['हिन्दी', 'hi'],
    ['español', 'es'],
    ['en español por favor', 'es'],
    ['em português', 'pt'],
    ['العربية', 'ar'],
    ['بالعربي', 'ar'],
    ['kiswahili tafadhali', 'sw'],
    ['français svp', 'fr'],
    ['bahasa indonesia', 'id'],
    ['English!', 'en'],
  ])('by the words %j', (text, language) => {
    const asha = chat({ retailer: { id: 'asha', name: 'Asha', language: language === 'en' ? 'es' : 'en' } });
    asha.says(text).hearsExactly(textsFor(language).languages.chosen);
    expect(asha.state().language).toEqual({ code: language, by: 'choice' });
  });

  test.each(LANGUAGES)('from a list, by a tap and by the name typed: %s', (language) => {
    const start = language === 'en' ? 'es' : 'en';
    const ask = () => chat({ retailer: { id: 'asha', name: 'Asha', language: start } }).says('idioma');
    ask().offers(...LANGUAGES.map((one) => OWN_NAMES[one]));
    expect(spoken(ask().taps(OWN_NAMES[language]))).toBe(language);
    expect(spoken(ask().says(OWN_NAMES[language]))).toBe(language);
  });

  test('beside an order, which is taken all the same and answered in it', () => {
    const asha = chat().says('10 case coke 500 en español por favor').hears(textsFor('es').proposal.heading, '4320,00');
    expect(asha.state().language).toEqual({ code: 'es', by: 'choice' });
  });

  test('for good: what is written later does not change it', () => {
    const asha = chat().says('hindi please').says('buenas, necesito 10 cajas de coke 500 para mañana');
    expect(spoken(asha)).toBe('hi');
    expect(spoken(asha.says('language')?.says('français'))).toBe('fr');
  });

  test('in the middle of an order, which is asked again in it', () => {
    const asha = chat()
      .says('10 case coke 500')
      .says('español')
      .hears(textsFor('es').languages.chosen, '4320,00')
      .offers('Confirmar', 'Cambiar', 'Cancelar');
    asha.says('si').hears('Pedido *1042* hecho');
  });

  test('while something is asked the languages are named in words, and the question comes last', () => {
    chat()
      .says('5 sugar')
      .says('language')
      .hears('I can write in: English, हिन्दी, Hindi (Hinglish)', 'Which one do you mean by "5 sugar"?')
      .hearsMessages(1)
      .offers('1. Sugar 1kg', '2. Sugar 50kg');
  });

  test('not where the words say which one is not understood', () => {
    const asha = chat().says('no hablo inglés');
    expect(asha.state().language).not.toEqual({ code: 'en', by: 'choice' });
    expect(namedLanguage('sielewi kiingereza')).toBeNull();
  });

  test('only among those that the wholesaler offers', () => {
    const asha = chat({ policies: { languages: ['en', 'hi'] } });
    asha.says('español').hears('can’t write in Español').offers('English', 'हिन्दी');
    asha.tapsId('language:es').hears('older message');
    expect(asha.state().language).toBeNull();
    chat({ policies: { languages: ['en'] } })
      .says('language')
      .hears('I answer in English')
      .hearsMessages(1);
  });

  test('by each person of a shop for themselves', () => {
    const counter = chat({ retailer: { id: 'asha', name: 'Asha', language: 'sw' } }).says('français');
    expect(spoken(counter)).toBe('fr');
    expect(spoken(chat({ retailer: { id: 'asha', name: 'Asha', language: 'sw' } }))).toBe('sw');
  });
});
