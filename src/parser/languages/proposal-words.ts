/**
 * Words around the lines of a proposal, in all languages at once, by which what stands above and below them is known
 * when a retailer sends it back: "Your order", "Credit left after this: 680".
 */
export const proposalWords = {
  /** A heading holds nothing but these. */
  heading:
    'your order su tu pedido seu aapka apka आपका ऑर्डर oda agizo yako votre ta commande pesanan anda طلبك طلبيتك الطلب',
  /** The line about the account holds one of these. */
  account:
    'account credit cuenta credito conta compte plafond akun kredit akaunti mkopo khata khaata udhaar udhar खाता उधार ' +
    'حساب حسابك حسابي الدين الحد المتبقي',
};
