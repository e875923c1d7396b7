global using Mnist;
global using Xunit;
