/** A list to try the page with: as a shop would export it, with two rows that cannot be answered. */
export const EXAMPLE = `sku,title,description,price
T-100,Cotton T-shirt,"Men's knitted T-shirt, 100% cotton, crew neck",24.00
E-200,Wireless earbuds,"Bluetooth earbuds with charging case",79.00
M-300,Stoneware mug,"Glazed mug, 350 ml, dishwasher safe",18.50
W-400,Leather wallet,"Bifold wallet of cow leather, eight card slots",45.00
L-500,Desk lamp,"LED desk lamp with a clamp, mains powered",39.90
B-600,Board game,"Family game with wooden pieces and a board",29.00
S-700,Silver ring,"Ring of sterling silver with a small stone",65.00
C-800,Phone case,"Case of silicone for a smartphone",12.00
Y-900,Yoga mat,"Mat of natural rubber, 5 mm",34.00
G-910,Gift,,20.00
H-920,Hoodie,"Hooded sweatshirt, knitted, 80% cotton, 20% polyester",49.00,extra
`;
