import { banquetOf600 } from "./sc14-banquet.ts";
import { testScenario } from "./scenario-suite.ts";

testScenario(banquetOf600);
