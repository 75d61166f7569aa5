/** Words of plain English quantity lines ("2 cups rice, rinsed"), for reading a line without any catalogue. */
export const kitchenWords = {
  units: new Set(
    (
      'cup cups c tbsp tbsps tablespoon tablespoons tsp tsps teaspoon teaspoons g gm gram grams kg kilogram kilograms mg ml l litre litres ' +
      'liter liters cl dl oz ounce ounces lb lbs pound pounds pint pints pt quart quarts qt gallon gallons slice slices clove cloves sprig ' +
      'sprigs bunch bunches can cans tin tins stick sticks stalk stalks head heads jar jars packet packets pack packs piece pieces tub tubs ' +
      'ear ears dash dashes handful handfuls drop drops envelope envelopes pinch pinches knob recipe recipes sheet sheets bottle bottles box ' +
      'boxes bag bags carton cartons case cases dozen rib ribs strip strips twist twists inch inches fillet glass splash'
    ).split(' '),
  ),
  /** Units that stand behind the name as well: "4 garlic cloves". */
  counted: new Set('clove cloves sprig sprigs stalk stalks spear spears slice slices ear ears rib ribs'.split(' ')),
  /** How a thing was prepared: dropped from the front of a name. */
  preparations: new Set(
    (
      'finely freshly roughly coarsely thinly loosely lightly firmly thickly tightly chopped minced shredded grated crushed cooked poached beaten ' +
      'diced sliced peeled packed ground-up melted softened toasted-off crumbled cubed torn squeezed heaping heaped level rounded scant generous ' +
      'shelled-off drained rinsed halved quartered mashed leftover about approximately around'
    ).split(' '),
  ),
  sizes: new Set('small medium large sm med lg extra-large medium-size medium-sized big'.split(' ')),
  /** Words that end a name: what follows is advice. */
  endings: new Set(['plus', 'such', 'for', 'to', 'cut', 'combined', 'available', 'preferably', 'see', 'each']),
  links: new Set(['of', 'a', 'an', 'the']),
};
