//! Words of other work that is told in steps and minutes, too: cooking, building, setting up a machine.

pub const FOREIGN: &str = "ingredients ingredient recipe flour yeast dough batter sugar salt pepper butter margarine milk cream \
    cheese egg eggs onion onions garlic tomato tomatoes potato potatoes carrot carrots lemon vinegar sauce soup stew broth \
    bread cake biscuits pastry pancake pancakes rice pasta noodles oven bake baked baking boil boiled boiling simmer fry frying \
    roast whisk stir stirring knead kneading sieve dice chop chopped peel peeled grate grated marinade marinate \
    saucepan pan pot bowl ladle spatula spoon tablespoon tablespoons teaspoon teaspoons tbsp tsp ml litre litres kitchen \
    servings serving garnish preheat tin tray fridge freezer jar lid crust topping \
    screw screws screwdriver bolt bolts nut nuts drill drilled nail nails hammer spanner wrench bracket brackets shelf \
    shelves glue sandpaper paint primer varnish plugs sawdust hinges drawer hardware \
    install installing installation installer reboot restart router modem cable cables usb plug unplug \
    wifi wi-fi firmware cartridge printer \
    battery charger hose tyre tyres brake brakes engine oil tank compost soil seeds seedlings pots fertiliser";
