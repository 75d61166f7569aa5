/** The import file as the contract documents it. */
export const contractShop = {
  wholesaler: {
    id: 'demo',
    name: 'Demo Wholesale',
    currency: 'INR',
    language: 'en',
    timeZone: 'Asia/Kolkata',
    policies: { confirm: 'always' },
  },
  lines: [{ phoneNumberId: '106540352242922', displayPhoneNumber: '+91 22 5555 0100' }],
  products: [
    {
      sku: 'COKE500',
      name: 'Coca-Cola 500ml PET',
      size: '500ml',
      units: { each: 1, case: 24 },
      defaultUnit: 'case',
      cartUnit: 'case',
      priceMinor: 1800,
      aliases: ['coke 500'],
      active: true,
      stock: 'in',
      minimum: 1,
      step: 1,
    },
  ],
  retailers: [
    {
      id: 'asha',
      name: 'Asha Stores',
      language: 'hi-Latn',
      priceList: 'standard',
      identities: [
        { kind: 'phone', value: '919800000001' },
        { kind: 'bsuid', value: 'IN.1349120865530' },
      ],
      credit: {
        limitMinor: 10000000,
        owedMinor: 0,
        status: 'active',
        termsDays: 14,
        graceDays: 3,
        overdueToleranceMinor: 0,
      },
    },
  ],
  approvers: [{ name: 'Ravi', identities: [{ kind: 'phone', value: '919800000099' }] }],
  staff: [{ email: 'asha@example.com', name: 'Asha', role: 'cashier' }],
};
